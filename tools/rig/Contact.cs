namespace Escapement.Rig;

/// <summary>What is the matter with a contact.</summary>
public enum ContactFault
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>It conducts whatever is done to it: welded, shorted, bridged.</summary>
    Welded,

    /// <summary>It does not conduct whatever is done to it: a broken wire, a plug that is out.</summary>
    Open,
}

/// <summary>One contact of the bench. Opens and closes at any time from now on.</summary>
public sealed class Contact
{
    private readonly Bench _bench;
    private bool _operated;
    private ContactFault _fault;

    internal Contact(Bench bench, ContactName name, bool closed)
    {
        _bench = bench;
        Name = name;
        IsClosed = _operated = closed;
    }

    /// <summary>Which contact this is.</summary>
    public ContactName Name { get; }

    /// <summary>Whether the contact conducts now.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>Opens the contact.</summary>
    /// <param name="t80">When, in ticks of 12.5 ns; now or later.</param>
    public void Open(long t80) => Set(false, t80);

    /// <summary>Closes the contact.</summary>
    /// <param name="t80">When, in ticks of 12.5 ns; now or later.</param>
    public void Close(long t80) => Set(true, t80);

    /// <summary>Opens or closes the contact.</summary>
    /// <param name="closed">True to close.</param>
    /// <param name="t80">When, in ticks of 12.5 ns; now or later.</param>
    public void Set(bool closed, long t80) => _bench.At(t80, () =>
    {
        _operated = closed;
        Apply();
    });

    /// <summary>Breaks the contact, or mends it; mended it is as it was operated last. A wire that is shorted behind the gate's own tap, so that only the board is deceived, is <see cref="Bench.Force"/>.</summary>
    /// <param name="fault">What is the matter with it from then on.</param>
    /// <param name="t80">When, in ticks of 12.5 ns; now or later.</param>
    public void Fail(ContactFault fault, long t80) => _bench.At(t80, () =>
    {
        _fault = fault;
        Apply();
    });

    /// <summary>The contact opens again and again.</summary>
    /// <param name="t80">When it first opens, in ticks of 12.5 ns; now or later.</param>
    /// <param name="count">How often.</param>
    /// <param name="open80">How long it is open each time, in ticks of 12.5 ns.</param>
    /// <param name="closed80">How long it is closed in between, in ticks of 12.5 ns.</param>
    public void Chatter(long t80, int count, long open80, long closed80)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(open80);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(closed80);
        for (int i = 0; i < count; i++)
        {
            Open(t80 + i * (open80 + closed80));
            Close(t80 + i * (open80 + closed80) + open80);
        }
    }

    private void Apply()
    {
        bool closed = _fault == ContactFault.None ? _operated : _fault == ContactFault.Welded;
        if (IsClosed == closed) { return; }
        IsClosed = closed;
        _bench.ContactChanged(this);
    }
}
