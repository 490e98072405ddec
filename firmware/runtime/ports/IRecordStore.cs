namespace Escapement.Runtime.Ports
{
    /// <summary>
    /// Two small records that survive power-off. Each is written whole or not at all. Writing stops the processor's caches, and with them the
    /// program, for up to some hundred milliseconds: never while armed or running.
    /// </summary>
    public interface IRecordStore
    {
        /// <summary>Fills the buffer with record 0 or 1. False when it is missing or of another length: then nothing is known, which is not zero.</summary>
        bool Read(int slot, byte[] buffer);

        /// <summary>Replaces record 0 or 1. False when it could not be written.</summary>
        bool Write(int slot, byte[] buffer);
    }
}
