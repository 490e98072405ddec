namespace Escapement.Runtime.Ports
{
    /// <summary>The board's own monotonic clock. No register can set it.</summary>
    public interface IClock
    {
        /// <summary>Microseconds since power-up; 64 bits, never wraps in the life of a board.</summary>
        long NowUs();
    }
}
