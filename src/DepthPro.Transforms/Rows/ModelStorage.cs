// The only file that uses what ML.NET keeps internal: saving and loading models. It compiles against a publicized copy of Microsoft.ML.Core
// (eng/) and runs against the genuine one, which grants access because of IgnoresAccessChecksTo.
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using DepthPro;
using DepthPro.Depth;
using DepthPro.Features;
using DepthPro.Formats;
using DepthPro.Imaging;
using DepthPro.Metrics;
using DepthPro.Patches;
using DepthPro.Preprocessing;
using DepthPro.Rows;
using DepthPro.Scoring;
using DepthPro.Visuals;
using Microsoft.ML;
using Microsoft.ML.Runtime;

[assembly: IgnoresAccessChecksTo("Microsoft.ML.Core")]
[assembly: LoadableClass(typeof(PhotoLoadingTransformer), typeof(ModelStorage<PhotoLoadingTransformer>), null, typeof(SignatureLoadModel), "Load photos", PhotoLoadingTransformer.SavedAs)]
[assembly: LoadableClass(typeof(DepthInputTransformer), typeof(ModelStorage<DepthInputTransformer>), null, typeof(SignatureLoadModel), "Prepare depth input", DepthInputTransformer.SavedAs)]
[assembly: LoadableClass(typeof(DepthPatchTransformer), typeof(ModelStorage<DepthPatchTransformer>), null, typeof(SignatureLoadModel), "Extract depth patches", DepthPatchTransformer.SavedAs)]
[assembly: LoadableClass(typeof(DepthScoringTransformer), typeof(ModelStorage<DepthScoringTransformer>), null, typeof(SignatureLoadModel), "Score Depth Pro", DepthScoringTransformer.SavedAs)]
[assembly: LoadableClass(typeof(MetricDepthTransformer), typeof(ModelStorage<MetricDepthTransformer>), null, typeof(SignatureLoadModel), "Convert to metric depth", MetricDepthTransformer.SavedAs)]
[assembly: LoadableClass(typeof(DepthColorizingTransformer), typeof(ModelStorage<DepthColorizingTransformer>), null, typeof(SignatureLoadModel), "Colorize depth", DepthColorizingTransformer.SavedAs)]
[assembly: LoadableClass(typeof(DepthMapLoadingTransformer), typeof(ModelStorage<DepthMapLoadingTransformer>), null, typeof(SignatureLoadModel), "Load depth maps", DepthMapLoadingTransformer.SavedAs)]
[assembly: LoadableClass(typeof(DepthEstimationTransformer), typeof(ModelStorage<DepthEstimationTransformer>), null, typeof(SignatureLoadModel), "Estimate depth", DepthEstimationTransformer.SavedAs)]
[assembly: LoadableClass(typeof(DepthComparisonTransformer), typeof(ModelStorage<DepthComparisonTransformer>), null, typeof(SignatureLoadModel), "Compare depth", DepthComparisonTransformer.SavedAs)]
[assembly: LoadableClass(typeof(DepthFeaturizingTransformer), typeof(ModelStorage<DepthFeaturizingTransformer>), null, typeof(SignatureLoadModel), "Featurize depth", DepthFeaturizingTransformer.SavedAs)]
[assembly: LoadableClass(typeof(DepthScalingTransformer), typeof(ModelStorage<DepthScalingTransformer>), null, typeof(SignatureLoadModel), "Calibrate scale", DepthScalingTransformer.SavedAs)]
[assembly: LoadableClass(typeof(FocalLengthLockingTransformer), typeof(ModelStorage<FocalLengthLockingTransformer>), null, typeof(SignatureLoadModel), "Lock focal length", FocalLengthLockingTransformer.SavedAs)]

namespace System.Runtime.CompilerServices
{
    /// <summary>The runtime knows this attribute by its name; no library declares it.</summary>
    [AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
    internal sealed class IgnoresAccessChecksToAttribute(string assemblyName) : Attribute
    {
        public string AssemblyName { get; } = assemblyName;
    }
}

namespace DepthPro.Rows
{
    /// <summary>A transformer that a saved pipeline can bring back.</summary>
    internal interface IStoredTransformer<TSelf>
        where TSelf : RowTransformer, IStoredTransformer<TSelf>
    {
        /// <summary>The eight characters that name the transformer in a saved pipeline.</summary>
        static abstract string StoredAs { get; }

        /// <summary>What <see cref="RowTransformer.ToJson"/> wrote. Opens no model.</summary>
        static abstract TSelf FromJson(string json);
    }

    /// <summary>Writes a transformer into ML.NET's model file: a version and the options as JSON.</summary>
    internal static class ModelStorage
    {
        // Raise it when the JSON of any transformer changes so that this version cannot read it.
        private const uint FormatVersion = 0x00010001;

        private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
        {
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
            IgnoreReadOnlyProperties = true,
            Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        };

        public static string ToJson<T>(T options) => JsonSerializer.Serialize(options, Json);

        /// <exception cref="InvalidDataException">The JSON is not what <see cref="ToJson{T}"/> writes for <typeparamref name="T"/>.</exception>
        public static T FromJson<T>(string json)
        {
            try
            {
                return JsonSerializer.Deserialize<T>(json, Json) ?? throw new InvalidDataException($"The saved pipeline's {typeof(T).Name} are null.");
            }
            catch (JsonException e)
            {
                throw new InvalidDataException($"The saved pipeline's {typeof(T).Name} cannot be read: {e.Message} Found: {json}. Load it with the version of DepthPro that saved it, or save it anew.", e);
            }
        }

        public static void Save(ModelSaveContext context, string signature, string json)
        {
            ArgumentNullException.ThrowIfNull(context);
            context.CheckAtModel();
            context.SetVersionInfo(Version(signature));
            context.SaveNonEmptyString(json);
        }

        public static string Load(ModelLoadContext context, string signature)
        {
            context.CheckAtModel(Version(signature));
            return context.LoadNonEmptyString();
        }

        // The simple assembly name, so that a pipeline loads with other versions of this assembly too.
        private static VersionInfo Version(string signature) =>
            new(signature, FormatVersion, FormatVersion, FormatVersion, typeof(ModelStorage).Assembly.GetName().Name, signature);
    }

    /// <summary>What ML.NET calls to load a transformer: it looks for a static method <c>Create</c> of just this signature.</summary>
    internal static class ModelStorage<T>
        where T : RowTransformer, IStoredTransformer<T>
    {
        private static T Create(IHostEnvironment env, ModelLoadContext ctx) => T.FromJson(ModelStorage.Load(ctx, T.StoredAs));
    }
}
