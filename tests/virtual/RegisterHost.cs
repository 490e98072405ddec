using Escapement.Host;

namespace Escapement.Virtual.Tests;

/// <summary>A host that reads registers one after the other, from a time on.</summary>
internal sealed class RegisterHost : ITransportStep
{
    private readonly HarpClient _client;
    private readonly Queue<(int Address, int Type)> _left;
    private readonly long _startUs;
    private HarpRequest? _request;

    public RegisterHost(ITransport line, long startUs, params (int Address, int Type)[] registers)
    {
        _client = new HarpClient(line);
        _left = new(registers);
        _startUs = startUs;
    }

    public List<HarpRequest> Answers { get; } = [];

    public bool IsFinished { get; private set; }

    public bool Step(long nowUs)
    {
        bool any = _client.Step(nowUs);
        if (nowUs < _startUs) { return any; }
        if (_request is { IsDone: false }) { return any; }
        if (_request != null) { Answers.Add(_request); }
        IsFinished = _left.Count == 0;
        if (IsFinished) { return false; }
        (int address, int type) = _left.Dequeue();
        _request = _client.Read(address, type);
        return true;
    }
}
