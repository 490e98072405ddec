namespace Escapement.Runtime.Ports
{
    /// <summary>The board's safety inputs.</summary>
    public interface IInputs
    {
        /// <summary>The inputs that this board has by its profile, <see cref="InputBits"/>. What is absent is never guessed: it is said to be absent.</summary>
        int Present { get; }

        /// <summary>
        /// One bit an input that is a level, <see cref="InputBits"/>: set means the safe, present or closed state now and at every moment since the
        /// last call, as far as events tell. An open wire reads as clear. Inputs that the board profile lists as absent read as set.
        /// </summary>
        int Read();

        /// <summary>The reading of the coil's temperature sensor, 0 to 4095; negative when there is none or it failed.</summary>
        int ReadTemperature();
    }
}
