namespace Escapement.Link
{
    /// <summary>Numbers in a byte array, lowest byte first. The caller vouches for the range.</summary>
    public static class LittleEndian
    {
        /// <summary>Reads 16 bits.</summary>
        public static int GetU16(byte[] buffer, int offset)
        {
            return buffer[offset] | buffer[offset + 1] << 8;
        }

        /// <summary>Reads 32 bits.</summary>
        public static uint GetU32(byte[] buffer, int offset)
        {
            return (uint)(buffer[offset] | buffer[offset + 1] << 8 | buffer[offset + 2] << 16 | buffer[offset + 3] << 24);
        }

        /// <summary>Reads 64 bits. Board times fit the sign; a full U64 comes back as its bit pattern.</summary>
        public static long GetU64(byte[] buffer, int offset)
        {
            return (long)GetU32(buffer, offset) | (long)GetU32(buffer, offset + 4) << 32;
        }

        /// <summary>Writes the low 16 bits.</summary>
        public static void PutU16(byte[] buffer, int offset, int value)
        {
            buffer[offset] = (byte)value;
            buffer[offset + 1] = (byte)(value >> 8);
        }

        /// <summary>Writes 32 bits.</summary>
        public static void PutU32(byte[] buffer, int offset, uint value)
        {
            buffer[offset] = (byte)value;
            buffer[offset + 1] = (byte)(value >> 8);
            buffer[offset + 2] = (byte)(value >> 16);
            buffer[offset + 3] = (byte)(value >> 24);
        }

        /// <summary>Writes 64 bits.</summary>
        public static void PutU64(byte[] buffer, int offset, long value)
        {
            PutU32(buffer, offset, (uint)value);
            PutU32(buffer, offset + 4, (uint)(value >> 32));
        }
    }
}
