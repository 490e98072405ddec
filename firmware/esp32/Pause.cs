using System.Threading;

namespace Escapement.Esp32
{
    /// <summary>
    /// The firmware's only wait. Every sleep goes through here so that the desktop build can leave this one file out
    /// and let the simulated chip wait in virtual time.
    /// </summary>
    public static class Pause
    {
        /// <summary>Sleeps; the runtime resolves to its 10 ms tick.</summary>
        /// <param name="milliseconds">At least 1.</param>
        public static void SleepMs(int milliseconds)
        {
            Thread.Sleep(milliseconds);
        }
    }
}
