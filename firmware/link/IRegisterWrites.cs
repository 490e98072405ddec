namespace Escapement.Link
{
    /// <summary>The owner of the application registers.</summary>
    public interface IRegisterWrites
    {
        /// <summary>
        /// A write that Harp allows: the register exists, takes writes, and type and length are right. The owner changes the
        /// register through the <see cref="RegisterFile"/> as far as it sees fit; the reply carries the content afterwards.
        /// </summary>
        /// <param name="address">Address of the register, 32 or more.</param>
        /// <param name="payload">Holds the payload; valid during the call only.</param>
        /// <param name="offset">Where the payload begins.</param>
        /// <param name="length">Its length in bytes.</param>
        /// <param name="nowUs">Board clock in microseconds.</param>
        /// <returns>False: a value is out of range; the host gets an Error reply. A refusal for any other reason is true.</returns>
        bool OnWrite(int address, byte[] payload, int offset, int length, long nowUs);

        /// <summary>The content of an application register is about to be sent; refresh it if need be. Must have no other effect.</summary>
        /// <param name="address">Address of the register, 32 or more.</param>
        /// <param name="nowUs">Board clock in microseconds.</param>
        void OnRead(int address, long nowUs);
    }
}
