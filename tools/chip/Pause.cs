namespace Escapement.Esp32
{
    /// <summary>Stands in for firmware/esp32/Pause.cs: the same wait, in the virtual time of the board of this thread.</summary>
    public static class Pause
    {
        public static void SleepMs(int milliseconds) => throw new System.NotImplementedException();
    }
}
