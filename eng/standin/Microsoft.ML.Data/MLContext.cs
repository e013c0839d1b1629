using Microsoft.ML.Data;
using Microsoft.ML.Runtime;

namespace Microsoft.ML;

public sealed class MLContext : IHostEnvironment
{
    private readonly LocalEnvironment _env;

    public MLContext(int? seed = null)
    {
        _env = new(seed, (source, message) => Log?.Invoke(this, new(message.Message, message.Kind, source)));
        Data = new(_env);
        Model = new(_env);
        Transforms = new(_env);
    }

    public event EventHandler<LoggingEventArgs> Log;

    public DataOperationsCatalog Data { get; }
    public ModelOperationsCatalog Model { get; }
    public TransformsCatalog Transforms { get; }
    public ComponentCatalog ComponentCatalog => _env.ComponentCatalog;

    string IExceptionContext.ContextDescription => _env.ContextDescription;

    TException IExceptionContext.Process<TException>(TException ex) => _env.Process(ex);

    IHost IHostEnvironment.Register(string name, int? seed, bool? verbose) => _env.Register(name, seed, verbose);

    IChannel IChannelProvider.Start(string name) => _env.Start(name);

    IPipe<TMessage> IChannelProvider.StartPipe<TMessage>(string name) => _env.StartPipe<TMessage>(name);

    IProgressChannel IProgressChannelProvider.StartProgressChannel(string name) => _env.StartProgressChannel(name);
}

public class LoggingEventArgs(string message, ChannelMessageKind kind, string source) : EventArgs
{
    public string RawMessage { get; } = message;
    public ChannelMessageKind Kind { get; } = kind;
    public string Source { get; } = source;
    public string Message { get; } = $"[Source={source}, Kind={kind}] {message}";
}
