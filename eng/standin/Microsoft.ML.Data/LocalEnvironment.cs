using System.Diagnostics;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.Data;

/// <summary>The environment behind an MLContext, and the hosts registered with it: random numbers, loadable classes, and the log.</summary>
internal sealed class LocalEnvironment : IHost
{
    private readonly LocalEnvironment _master;
    private readonly Action<string, ChannelMessage> _listener;

    public LocalEnvironment(int? seed, Action<string, ChannelMessage> listener) =>
        (Rand, ComponentCatalog, _listener) = (seed is { } value ? new(value) : new(), new(), listener);

    private LocalEnvironment(LocalEnvironment master, string name, int? seed)
    {
        (_master, _listener, ComponentCatalog) = (master, master._listener, master.ComponentCatalog);
        lock (master.Rand) { Rand = new(seed ?? master.Rand.Next()); }
        FullName = Join(master._master?.FullName, name);
    }

    public string FullName { get; }
    public Random Rand { get; }
    public ComponentCatalog ComponentCatalog { get; }
    public string ContextDescription => FullName ?? "HostEnvironment";

    public TException Process<TException>(TException ex) where TException : Exception => ex is null ? null : Contracts.Mark(ex);

    public IHost Register(string name, int? seed = null, bool? verbose = null)
    {
        Contracts.CheckNonEmpty(name, nameof(name));
        return new LocalEnvironment(this, name, seed);
    }

    public IChannel Start(string name) => new Channel(Join(FullName, name), _listener);

    public IPipe<TMessage> StartPipe<TMessage>(string name) => throw new NotSupportedException("This ML.NET has no pipes but channels.");

    public IProgressChannel StartProgressChannel(string name) => throw new NotSupportedException("This ML.NET reports no progress.");

    private static string Join(string parent, string name) => string.IsNullOrEmpty(parent) ? name : $"{parent}; {name}";

    private sealed class Channel : IChannel
    {
        private readonly Stopwatch _watch = Stopwatch.StartNew();
        private readonly string _name;
        private readonly Action<string, ChannelMessage> _listener;
        private bool _disposed;

        public Channel(string name, Action<string, ChannelMessage> listener)
        {
            (_name, _listener) = (name, listener);
            Trace(MessageSensitivity.None, "Channel started");
        }

        public string ContextDescription => _name;

        public TException Process<TException>(TException ex) where TException : Exception => ex is null ? null : Contracts.Mark(ex);

        public void Send(ChannelMessage msg) => _listener?.Invoke(_name, msg);

        public void Trace(MessageSensitivity sensitivity, string fmt) => Send(new(ChannelMessageKind.Trace, sensitivity, fmt));

        public void Trace(MessageSensitivity sensitivity, string fmt, params object[] args) =>
            Send(new(ChannelMessageKind.Trace, sensitivity, fmt, args));

        public void Info(MessageSensitivity sensitivity, string fmt) => Send(new(ChannelMessageKind.Info, sensitivity, fmt));

        public void Info(MessageSensitivity sensitivity, string fmt, params object[] args) =>
            Send(new(ChannelMessageKind.Info, sensitivity, fmt, args));

        public void Warning(MessageSensitivity sensitivity, string fmt) => Send(new(ChannelMessageKind.Warning, sensitivity, fmt));

        public void Warning(MessageSensitivity sensitivity, string fmt, params object[] args) =>
            Send(new(ChannelMessageKind.Warning, sensitivity, fmt, args));

        public void Error(MessageSensitivity sensitivity, string fmt) => Send(new(ChannelMessageKind.Error, sensitivity, fmt));

        public void Error(MessageSensitivity sensitivity, string fmt, params object[] args) =>
            Send(new(ChannelMessageKind.Error, sensitivity, fmt, args));

        public void Dispose()
        {
            if (_disposed) { return; }
            _disposed = true;
            Trace(MessageSensitivity.None, "Channel finished. Elapsed {0:c}.", _watch.Elapsed);
            Trace(MessageSensitivity.None, "Channel disposed");
        }
    }
}
