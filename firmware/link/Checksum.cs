namespace Escapement.Link
{
    /// <summary>Harp's checksum: the low 8 bits of the sum of all bytes before it.</summary>
    internal static class Checksum
    {
        /// <summary>Sums a range.</summary>
        public static int Of(byte[] buffer, int offset, int count)
        {
            int end = offset + count;
            int sum = 0;
            for (int four = end - 3; offset < four; offset += 4) // four at a time: half the opcodes
            {
                sum += buffer[offset] + buffer[offset + 1] + buffer[offset + 2] + buffer[offset + 3];
            }

            for (; offset < end; offset++)
            {
                sum += buffer[offset];
            }

            return sum & 0xFF;
        }
    }
}
