namespace Escapement.Rig;

/// <summary>One contact of the bench. Opens and closes at any time from now on.</summary>
public sealed class Contact
{
    private readonly Bench _bench;

    internal Contact(Bench bench, ContactName name, bool closed)
    {
        _bench = bench;
        Name = name;
        IsClosed = closed;
    }

    /// <summary>Which contact this is.</summary>
    public ContactName Name { get; }

    /// <summary>The contact's state now.</summary>
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
    public void Set(bool closed, long t80) => _bench.At(t80, () => Apply(closed));

    private void Apply(bool closed)
    {
        if (IsClosed == closed) { return; }
        IsClosed = closed;
        _bench.ContactChanged(this);
    }
}
