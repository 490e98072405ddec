namespace Escapement.Runtime.Ports
{
    /// <summary>
    /// The hardware that plays word lists on the trigger pin. A list is played whole, once, without managed code.
    /// No member ever waits for the end of a transmission; none throws.
    /// </summary>
    public interface ITriggerOutput
    {
        /// <summary>Allocates list buffer <paramref name="slot"/> (0 to 3). Only while arming. False when memory does not allow it.</summary>
        /// <param name="slot">Which of the four buffers.</param>
        /// <param name="lengthBytes">Whole words: a multiple of 4.</param>
        bool Allocate(int slot, int lengthBytes);

        /// <summary>The buffer of a slot, or null when it is not allocated. What is in it is what <see cref="Send"/> plays.</summary>
        byte[] Buffer(int slot);

        /// <summary>Gives every buffer back.</summary>
        void Release();

        /// <summary>Makes the channel ready with the line low. False when the hardware refuses.</summary>
        bool Open();

        /// <summary>Starts to play the whole buffer of a slot and returns at once. Only when the last list has surely ended. False when the hardware refuses.</summary>
        bool Send(int slot);

        /// <summary>Stops whatever plays, at once, and lets the line go (the pull-down makes it low). Safe to call at any time, any number of times.</summary>
        void Abort();
    }
}
