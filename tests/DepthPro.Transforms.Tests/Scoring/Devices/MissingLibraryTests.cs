using DepthPro.Scoring.Devices;
using DepthPro.Tests;

namespace DepthPro.Transforms.Tests.Scoring.Devices;

public sealed class MissingLibraryTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [LinuxX64Fact]
    public void Is_the_providers_host_when_that_is_not_there()
        => Assert.Equal(new($"libonnxruntime_providers_shared.so is not in '{_folder.Path}', where ONNX Runtime looks for it.", IsProvider: true), Find());

    [LinuxX64Fact]
    public void Is_the_provider_when_that_is_not_there()
    {
        SharedLibrary.Write(_folder["libonnxruntime_providers_shared.so"], "libc.so.6");

        Assert.Equal(new($"libonnxruntime_providers_cuda.so is not in '{_folder.Path}', where ONNX Runtime looks for it.", IsProvider: true), Find());
    }

    [LinuxX64Fact]
    public void Is_the_library_that_the_provider_needs_when_the_machine_lacks_it()
    {
        SharedLibrary.Write(_folder["libonnxruntime_providers_shared.so"], "libc.so.6");
        SharedLibrary.Write(_folder["libonnxruntime_providers_cuda.so"], "libcublasLt.so.913");

        Assert.Equal(new("libcublasLt.so.913 was not found; libonnxruntime_providers_cuda.so needs it.", IsProvider: false), Find());
    }

    [LinuxX64Fact]
    public void Is_the_provider_itself_when_the_file_is_no_library()
    {
        SharedLibrary.Write(_folder["libonnxruntime_providers_shared.so"], "libc.so.6");
        File.WriteAllText(_folder["libonnxruntime_providers_cuda.so"], "not a library");

        Assert.Equal(new("libonnxruntime_providers_cuda.so, or a library that it needs, does not load.", IsProvider: false), Find());
    }

    [LinuxX64Fact]
    public void Is_none_when_the_provider_loads()
    {
        SharedLibrary.Write(_folder["libonnxruntime_providers_shared.so"], "libc.so.6");
        SharedLibrary.Write(_folder["libonnxruntime_providers_cuda.so"], "libc.so.6");

        Assert.Null(Find());
    }

    private MissingLibrary? Find() => MissingLibrary.Of("onnxruntime_providers_cuda", _folder.Path);
}
