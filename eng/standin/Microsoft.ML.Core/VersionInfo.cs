using Microsoft.ML.Runtime;

namespace Microsoft.ML;

/// <summary>Of which kind and version a saved component is, and who reads it back.</summary>
internal readonly struct VersionInfo
{
    public readonly ulong ModelSignature;
    public readonly uint VerWrittenCur;
    public readonly uint VerReadableCur;
    public readonly uint VerWeCanReadBack;
    public readonly string LoaderAssemblyName;
    public readonly string LoaderSignature;
    public readonly string LoaderSignatureAlt;

    public VersionInfo(string modelSignature, uint verWrittenCur, uint verReadableCur, uint verWeCanReadBack, string loaderAssemblyName,
        string loaderSignature = null, string loaderSignatureAlt = null)
    {
        Contracts.Check(modelSignature?.Length == 8, "Model signature must be eight characters");
        for (var i = 0; i < 8; i++) { ModelSignature |= modelSignature[i] == ' ' ? 0 : (ulong)modelSignature[i] << (8 * i); }
        (VerWrittenCur, VerReadableCur, VerWeCanReadBack) = (verWrittenCur, verReadableCur, verWeCanReadBack);
        (LoaderAssemblyName, LoaderSignature, LoaderSignatureAlt) = (loaderAssemblyName, loaderSignature, loaderSignatureAlt);
    }
}

/// <summary>The part of a saved component's header that a loader may ask for.</summary>
internal struct ModelHeader
{
    public ulong ModelSignature;
    public uint ModelVerWritten;
    public uint ModelVerReadable;

    public static void CheckVersionInfo(ref ModelHeader header, VersionInfo ver)
    {
        Contracts.CheckDecode(header.ModelSignature == ver.ModelSignature, "Unknown file type");
        Contracts.CheckDecode(header.ModelVerReadable <= header.ModelVerWritten, "Corrupt file header");
        Contracts.CheckDecode(header.ModelVerReadable <= ver.VerWrittenCur,
            $"Cause: component '{ver.LoaderSignature}' of the model is too new. Expected at most {ver.VerWrittenCur}, got {header.ModelVerReadable}.");
        Contracts.CheckDecode(header.ModelVerWritten >= ver.VerWeCanReadBack,
            $"Cause: component '{ver.LoaderSignature}' of the model is too old. Expected at least {ver.VerWeCanReadBack}, got {header.ModelVerWritten}.");
    }
}
