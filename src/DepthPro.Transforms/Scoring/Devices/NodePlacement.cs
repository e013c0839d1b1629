using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;

namespace DepthPro.Scoring.Devices;

/// <summary>Where ONNX Runtime put the nodes of a session. Its C API tells since 1.24; its C# binding does not pass it on.</summary>
/// <remarks>Source: onnxruntime_c_api.h, <c>Session_GetEpGraphAssignmentInfo</c>. The functions are found by their places in <c>OrtApi</c>, which never change.
/// Of a provider that prefers another layout (WebGPU), ONNX Runtime 1.29 lists only the nodes that the change of layout made anew,
/// convolutions among them; what is listed on the CPU is always complete.</remarks>
internal static class NodePlacement
{
    private const int GetErrorMessage = 2, ReleaseStatus = 93, GetAssignment = 407, GetProviderName = 408, GetNodes = 409, GetOperator = 412;
    private const uint ApiVersion = 24;

    private static readonly Lazy<nint> Api = new(FindApi);

    private delegate nint GetApiBase();
    private delegate nint GetApi(uint version);
    private delegate nint GetText(nint of, out nint text);
    private delegate nint GetItems(nint of, out nint items, out nint count);
    private delegate nint TextOf(nint status);
    private delegate void Release(nint status);

    /// <summary>Has a session remember where it puts its nodes.</summary>
    public static void Record(SessionOptions options) => options.AddSessionConfigEntry("session.record_ep_graph_assignment_info", "1");

    /// <summary>The nodes of a session that was opened with <see cref="Record"/>; null when this ONNX Runtime, or another version of its binding, does not tell.</summary>
    public static IReadOnlyList<PlacedNode>? Of(InferenceSession session)
    {
        if (Api.Value == 0 || HandleOf(session) is not { } handle) { return null; }
        var nodes = new List<PlacedNode>();
        foreach (var subgraph in Items(GetAssignment, handle))
        {
            var provider = Text(GetProviderName, subgraph);
            nodes.AddRange(Items(GetNodes, subgraph).Select(node => new PlacedNode(provider, Text(GetOperator, node))));
        }
        GC.KeepAlive(session);
        return nodes;
    }

    private static nint FindApi()
    {
        if (OnnxRuntimeLibrary.File is not { } file || !NativeLibrary.TryLoad(file, out var library) || !NativeLibrary.TryGetExport(library, "OrtGetApiBase", out var getBase)) { return 0; }
        return Function<GetApi>(Marshal.GetDelegateForFunctionPointer<GetApiBase>(getBase)(), 0)(ApiVersion);
    }

    private static nint[] Items(int function, nint of)
    {
        Check(Function<GetItems>(Api.Value, function)(of, out var items, out var count));
        return [.. Enumerable.Range(0, checked((int)count)).Select(i => Marshal.ReadIntPtr(items, i * nint.Size))];
    }

    private static string Text(int function, nint of)
    {
        Check(Function<GetText>(Api.Value, function)(of, out var text));
        return Marshal.PtrToStringUTF8(text) ?? "";
    }

    private static void Check(nint status)
    {
        if (status == 0) { return; }
        var message = Marshal.PtrToStringUTF8(Function<TextOf>(Api.Value, GetErrorMessage)(status));
        Function<Release>(Api.Value, ReleaseStatus)(status);
        throw new InvalidOperationException($"ONNX Runtime does not tell where it runs the nodes: {message}");
    }

    private static T Function<T>(nint table, int place) => Marshal.GetDelegateForFunctionPointer<T>(Marshal.ReadIntPtr(table, place * nint.Size));

    private static nint? HandleOf(InferenceSession session)
    {
        try
        {
            return Handle(session);
        }
        catch (MissingMethodException) // not a public property
        {
            return null;
        }
    }

    [UnsafeAccessor(UnsafeAccessorKind.Method, Name = "get_Handle")]
    private static extern nint Handle(InferenceSession session);
}
