namespace Escapement.Link
{
    /// <summary>
    /// The name of the build. Compiled in, it is the firmware's version; when an image for a board is made, the eight bytes behind
    /// the marker are overwritten with a digest of that image, so that the board can say which image it runs.
    /// </summary>
    public static class BuildMark
    {
        /// <summary>Bytes by which the place is found in an image.</summary>
        public const int MarkerBytes = 16;

        /// <summary>Bytes of the tag (Harp register TAG).</summary>
        public const int TagBytes = 8;

        // One table: what follows the marker must lie behind it in the image, too.
        private static readonly byte[] Mark =
        {
            (byte)'E', (byte)'S', (byte)'C', (byte)'A', (byte)'P', (byte)'E', (byte)'M', (byte)'E',
            (byte)'N', (byte)'T', (byte)'-', (byte)'B', (byte)'U', (byte)'I', (byte)'L', (byte)'D',
            (byte)'0', (byte)'.', (byte)'1', (byte)'.', (byte)'0', 0, 0, 0,
        };

        /// <summary>One byte of the marker.</summary>
        /// <param name="index">From 0.</param>
        public static byte MarkerByte(int index)
        {
            return Mark[index];
        }

        /// <summary>Writes the tag.</summary>
        /// <param name="tag">Takes its <see cref="TagBytes"/> bytes.</param>
        public static void CopyTag(byte[] tag)
        {
            for (int i = 0; i < TagBytes; i++)
            {
                tag[i] = Mark[MarkerBytes + i];
            }
        }
    }
}
