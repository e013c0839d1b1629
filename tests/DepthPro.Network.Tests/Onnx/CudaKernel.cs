namespace DepthPro.Network.Tests.Onnx;

/// <summary>A kernel of ONNX Runtime's CUDA provider, for an operator that graphs of ours have had.</summary>
/// <remarks>
/// <para>Source: ONNX Runtime, docs/OperatorKernels.md at commit 001d12d2623fd411ce0f83d05abb5e82304a3389, "Operators implemented by CUDAExecutionProvider"; ONNX, docs/Changelog.md for
/// <paramref name="Since"/>.</para>
/// <para>A kernel for "18+" is one for an operator that is of 18, and for no later version of it: what may have changed there it cannot know. One for [13, 20] is for all of these.
/// Source: ONNX Runtime, core/framework/kernel_registry.cc, VerifyVersion.</para>
/// </remarks>
/// <param name="Op">The operator.</param>
/// <param name="Since">The operator set that brought the version of it that opset 20 has.</param>
/// <param name="From">The first operator set that the kernel is for.</param>
/// <param name="To">The last; null for "From+".</param>
/// <param name="Others">Types of inputs that are not of the operator's type T.</param>
/// <param name="Domain">The operator's domain.</param>
internal sealed record CudaKernel(string Op, int Since, int From, int? To = null, string Others = "", string Domain = "")
{
    public const int Opset = 20;

    /// <summary>All of them are there for T = float and float16.</summary>
    public static IReadOnlyList<CudaKernel> All { get; } =
    [
        new("Add", 14, 14),
        new("Cast", 19, 19, 20),
        new("Concat", 13, 13),
        new("Conv", 11, 11, 21),
        new("Cos", 7, 7),
        new("DepthToSpace", 13, 13),
        new("Expand", 13, 13, Others: "int64"),
        new("Gelu", 20, 20),
        new("LayerNormalization", 17, 17),
        new("MatMul", 13, 13),
        new("MatMulNBits", 1, 1, Others: "uint8", Domain: "com.microsoft"),
        new("Max", 13, 13),
        new("Min", 13, 13),
        new("Mul", 14, 14),
        new("MultiHeadAttention", 1, 1, Domain: "com.microsoft"),
        new("Pad", 19, 18, Others: "int64"), // none at opset 20; ONNX Runtime's issue 26393
        new("Reciprocal", 13, 13),
        new("Relu", 14, 14),
        new("Reshape", 19, 19, 20, Others: "int64"),
        new("Resize", 19, 19, Others: "float"),
        new("Sin", 7, 7),
        new("SkipLayerNormalization", 1, 1, Domain: "com.microsoft"),
        new("Slice", 13, 13, Others: "int64"),
        new("Softmax", 13, 13),
        new("Split", 18, 18),
        new("Transpose", 13, 13, 20),
    ];

    public bool IsForOpset => To is { } last ? From <= Since && Since <= last : From == Since;

    /// <summary>Why a node of a written model does not run on CUDA; null if it does.</summary>
    public static string? WhyNot(WrittenNode node)
    {
        var named = $"{node.Op} '{node.Name}'";
        if (All.FirstOrDefault(k => k.Op == node.Op && k.Domain == node.Domain) is not { } kernel) { return $"{named} has no CUDA kernel in the table; look it up in OperatorKernels.md."; }
        if (!kernel.IsForOpset) { return $"{named} is of opset {kernel.Since}, and its CUDA kernel of {kernel.From}."; }
        var type = node.Inputs[0];
        if (type is not (WrittenModel.Float or WrittenModel.Half)) { return $"{named} reads type {type}; expected float or float16."; }
        bool IsOther(int input) => (kernel.Others, input) is ("int64", WrittenModel.Int64) or ("float", WrittenModel.Float) or ("uint8", WrittenModel.UInt8);
        return node.Inputs.All(input => input == 0 || input == type || IsOther(input)) ? null : $"{named} reads types {string.Join(", ", node.Inputs)}; expected one, and '{kernel.Others}' beside it.";
    }
}
