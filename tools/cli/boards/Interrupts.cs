using System.Runtime.InteropServices;

namespace Escapement.Cli;

/// <summary>Ctrl+C and the request to terminate become a wish to stop, while this lives.</summary>
internal sealed class Interrupts : IDisposable
{
    private readonly PosixSignalRegistration[] registrations;

    public Interrupts(Action<string> stop)
    {
        registrations =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Pass(context, stop, "Ctrl+C")),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Pass(context, stop, "terminate")),
        ];
    }

    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in registrations)
        {
            registration.Dispose();
        }
    }

    private static void Pass(PosixSignalContext context, Action<string> stop, string why)
    {
        // The board must confirm before this process may end.
        context.Cancel = true;
        stop(why);
    }
}
