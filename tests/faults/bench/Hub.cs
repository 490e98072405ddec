using Escapement.Host;

namespace Escapement.Faults.Tests;

/// <summary>One port that several programs have open: each reads everything, and writes whole frames.</summary>
internal sealed class Hub(ITransport inner)
{
    private readonly List<Port> ports = [];

    /// <summary>Another program opens the port.</summary>
    public ITransport Open()
    {
        Port port = new(this, inner);
        ports.Add(port);
        return port;
    }

    private void Share()
    {
        Span<byte> buffer = stackalloc byte[512];
        int count;
        while ((count = inner.Read(buffer)) > 0)
        {
            foreach (Port port in ports)
            {
                foreach (byte one in buffer[..count]) { port.Pending.Enqueue(one); }
            }
        }
    }

    private sealed class Port(Hub hub, ITransport inner) : ITransport
    {
        public Queue<byte> Pending { get; } = new();

        public string Name => inner.Name;

        public int Read(Span<byte> buffer)
        {
            hub.Share();
            int count = 0;
            while (count < buffer.Length && Pending.TryDequeue(out byte one)) { buffer[count++] = one; }
            return count;
        }

        public void Write(ReadOnlySpan<byte> bytes) => inner.Write(bytes);

        public bool WaitReadable(TimeSpan atMost) => inner.WaitReadable(atMost);

        public void Dispose() => hub.ports.Remove(this);
    }
}
