namespace Escapement.Runtime.Ports
{
    /// <summary>CRC-32 (IEEE 802.3: reflected, polynomial 0x04C11DB7, start and final XOR 0xFFFFFFFF), native on the board.</summary>
    public interface ICrc32
    {
        /// <summary>The CRC-32 of a part of a buffer.</summary>
        uint Compute(byte[] buffer, int offset, int count);
    }
}
