using Escapement.Chip;

namespace Escapement.Esp32
{
    /// <summary>Stands in for firmware/esp32/Pause.cs: the same wait, in the virtual time of the board of this thread.</summary>
    public static class Pause
    {
        /// <summary>Sleeps; wakes on a tick of 10 ms, as the board does.</summary>
        /// <param name="milliseconds">At least 1.</param>
        public static void SleepMs(int milliseconds) => Board.Of().SleepMs(milliseconds);
    }
}
