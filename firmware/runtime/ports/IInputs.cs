namespace Escapement.Runtime.Ports
{
    /// <summary>The board's safety inputs.</summary>
    public interface IInputs
    {
        /// <summary>
        /// One bit an input, <see cref="InputBits"/>: set means the safe, present or closed state.
        /// An open wire reads as clear. Inputs that the board profile lists as absent read as set.
        /// </summary>
        int Read();
    }
}
