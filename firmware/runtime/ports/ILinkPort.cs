namespace Escapement.Runtime.Ports
{
    /// <summary>The serial line to the host. Never waits for bytes that are not there; never throws.</summary>
    public interface ILinkPort
    {
        /// <summary>Takes what has arrived, at most the buffer's length. Returns the number of bytes, 0 when none, negative when the port failed.</summary>
        int Read(byte[] buffer);

        /// <summary>Sends the first <paramref name="count"/> bytes, at most 128 (the transmit FIFO). False when the port failed.</summary>
        bool Write(byte[] buffer, int count);
    }
}
