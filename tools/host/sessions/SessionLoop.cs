using System.Diagnostics;

namespace Escapement.Host;

/// <summary>Runs a stepped host against a board in real time.</summary>
public static class SessionLoop
{
    private static readonly TimeSpan Nap = TimeSpan.FromMilliseconds(5);

    /// <summary>Steps until the host is finished. The host's clock starts at 0.</summary>
    /// <param name="transport">What the host talks through.</param>
    /// <param name="host">The host.</param>
    /// <param name="between">Called between steps, for example to draw; may be null.</param>
    public static void Run(ITransport transport, ITransportStep host, Action? between = null)
    {
        ArgumentNullException.ThrowIfNull(transport);
        ArgumentNullException.ThrowIfNull(host);
        var clock = Stopwatch.StartNew();
        while (!host.IsFinished)
        {
            while (host.Step((long)clock.Elapsed.TotalMicroseconds) && !host.IsFinished)
            {
            }

            between?.Invoke();
            if (!host.IsFinished)
            {
                Wait(transport);
            }
        }
    }

    private static void Wait(ITransport transport)
    {
        try
        {
            transport.WaitReadable(Nap);
        }
        catch (TransportException)
        {
            // The host finds out in its next step, and says so in its result.
        }
    }
}
