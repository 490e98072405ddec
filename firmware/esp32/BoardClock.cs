using Escapement.Runtime.Ports;
using nanoFramework.Hardware.Esp32;

namespace Escapement.Esp32
{
    /// <summary>
    /// The chip's 64-bit microsecond counter. Everything else on the board resolves to the 10 ms system tick
    /// (TickCount64, Stopwatch) or can be set (DateTime), so nothing else is asked for the time.
    /// </summary>
    public sealed class BoardClock : IClock
    {
        /// <inheritdoc/>
        public long NowUs()
        {
            return (long)HighResTimer.GetCurrent();
        }
    }
}
