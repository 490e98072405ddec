namespace Escapement.Link.Tests;

/// <summary>An owner of the application registers that keeps what is written and notes what it was asked.</summary>
internal sealed class FakeOwner : IRegisterWrites
{
    public HarpEndpoint? Endpoint { get; set; }

    public List<(int Address, byte[] Payload, long NowUs)> Writes { get; } = [];

    public List<int> Reads { get; } = [];

    public Func<int, byte[], bool> Accept { get; set; } = (_, _) => true;

    public Action<int>? BeforeRead { get; set; }

    public bool OnWrite(int address, byte[] payload, int offset, int length, long nowUs)
    {
        byte[] content = payload.AsSpan(offset, length).ToArray();
        Writes.Add((address, content, nowUs));
        if (!Accept(address, content))
        {
            return false;
        }

        return Endpoint?.Registers.SetBytes(address, content, 0, length) ?? true;
    }

    public void OnRead(int address, long nowUs)
    {
        Reads.Add(address);
        BeforeRead?.Invoke(address);
    }
}

/// <summary>An owner that says yes and does nothing.</summary>
internal sealed class Quiet : IRegisterWrites
{
    public bool OnWrite(int address, byte[] payload, int offset, int length, long nowUs) => true;

    public void OnRead(int address, long nowUs)
    {
    }
}

/// <summary>An endpoint with its owner, spoken to in the second codec's frames.</summary>
internal sealed class Bench
{
    private int _sent;

    public Bench()
    {
        Endpoint = new HarpEndpoint(Owner);
        Owner.Endpoint = Endpoint;
    }

    public FakeOwner Owner { get; } = new();

    public HarpEndpoint Endpoint { get; }

    public long NowUs { get; set; } = 5_000_000;

    /// <summary>Sends a request and gives what comes back at once. A pass goes before it only when this pass's requests are used up.</summary>
    public List<SpecFrame> Send(SpecFrame request)
    {
        if (_sent++ == HarpEndpoint.RequestsPerPass)
        {
            Endpoint.Pass(NowUs);
            _sent = 1;
        }

        byte[] bytes = request.Encode();
        Assert.AreEqual(bytes.Length, Endpoint.Receive(bytes, bytes.Length, NowUs));
        return Output();
    }

    public SpecFrame Ask(SpecFrame request) => Send(request).Single();

    public SpecFrame Read(int address) => Ask(SpecFrame.ReadRequest(address, RegisterTable.TypeOf(address)));

    public SpecFrame Write(int address, params byte[] payload) => Ask(SpecFrame.WriteRequest(address, RegisterTable.TypeOf(address), payload));

    /// <summary>One pass of 10 ms, with what it sends.</summary>
    public List<SpecFrame> Pass(long stepUs = 10_000)
    {
        NowUs += stepUs;
        _sent = 0;
        Endpoint.Pass(NowUs);
        return Output();
    }

    public List<SpecFrame> Output()
    {
        var frames = new List<SpecFrame>();
        var buffer = new byte[128];
        for (int count; (count = Endpoint.TakeOutput(buffer)) > 0;)
        {
            var found = SpecFrame.Scan(buffer.AsSpan(0, count));
            Assert.AreEqual(count, found.Sum(f => f.Encode().Length), "Output must be whole frames.");
            frames.AddRange(found);
        }

        return frames;
    }

    public uint Counter(int field) => Read(RegisterAddress.LinkCounters).U32(field);
}
