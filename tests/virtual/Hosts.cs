using Escapement.Host;

namespace Escapement.Virtual.Tests;

/// <summary>A host that only watches until a time.</summary>
internal sealed class Watcher(long untilUs, Action<long>? eachStep = null) : ITransportStep
{
    public bool IsFinished { get; private set; }

    public bool Step(long nowUs)
    {
        eachStep?.Invoke(nowUs);
        IsFinished = nowUs >= untilUs;
        return false;
    }
}

/// <summary>A host that sends a message as soon as the board listens and finishes when it has come back.</summary>
internal sealed class EchoHost(ITransport line, byte[] message, long startUs) : ITransportStep
{
    private readonly byte[] _buffer = new byte[64];
    private bool _sent;

    public List<byte> Received { get; } = [];

    public List<long> StepTimesUs { get; } = [];

    public bool IsFinished => Received.Count >= message.Length;

    public bool Step(long nowUs)
    {
        StepTimesUs.Add(nowUs);
        if (!_sent && nowUs >= startUs)
        {
            line.Write(message);
            return _sent = true;
        }
        int count = line.Read(_buffer);
        Received.AddRange(_buffer.AsSpan(0, count));
        return count > 0;
    }
}

/// <summary>Another host, and something that is done once when a condition first holds.</summary>
internal sealed class During(ITransportStep host, Func<long, bool> when, Action action) : ITransportStep
{
    private bool _done;

    public bool IsFinished => host.IsFinished;

    public bool Step(long nowUs)
    {
        if (!_done && when(nowUs))
        {
            _done = true;
            action();
        }
        return host.Step(nowUs);
    }
}
