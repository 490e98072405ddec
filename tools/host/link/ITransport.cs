namespace Escapement.Host;

/// <summary>
/// A two-way stream of bytes to one board. Implementations never block longer than they are told to,
/// and say by <see cref="TransportException"/>, in one sentence, why a connection is lost.
/// </summary>
public interface ITransport : IDisposable
{
    /// <summary>What a person calls this connection: a port's name, an address, "in process".</summary>
    string Name { get; }

    /// <summary>Takes what has arrived, at most the buffer's length, without waiting. Returns the number of bytes, 0 when there are none.</summary>
    /// <exception cref="TransportException">The connection is lost.</exception>
    int Read(Span<byte> buffer);

    /// <summary>Sends all the bytes, in order.</summary>
    /// <exception cref="TransportException">The connection is lost.</exception>
    void Write(ReadOnlySpan<byte> bytes);

    /// <summary>Waits until something can be read, at most <paramref name="atMost"/>. True when there is something.</summary>
    /// <remarks>A transport in virtual time never waits: it only says whether there is something.</remarks>
    bool WaitReadable(TimeSpan atMost);
}
