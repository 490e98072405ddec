namespace Escapement.Kernel
{
    /// <summary>The pulse program's byte layout (docs/program-format.md). Little-endian, integers only, version 1.</summary>
    public static class ProgramFormat
    {
        /// <summary>First two bytes of every program, as U16.</summary>
        public const int Magic = 0x5045;

        /// <summary>The only version this kernel plays.</summary>
        public const int Version = 1;

        /// <summary>Largest program, in bytes.</summary>
        public const int MaxBytes = 4096;

        /// <summary>Length of the header, in bytes.</summary>
        public const int HeaderBytes = 40;

        /// <summary>Length of a block without its levels or list, in bytes.</summary>
        public const int BlockBytes = 16;

        /// <summary>Length of one level, in bytes.</summary>
        public const int LevelBytes = 12;

        /// <summary>Length of one list entry, in bytes.</summary>
        public const int EntryBytes = 4;

        /// <summary>Most blocks in a program.</summary>
        public const int MaxBlocks = 64;

        /// <summary>Most nested repeats in a block.</summary>
        public const int MaxLevels = 4;

        /// <summary>Finest time unit: one microsecond divided by this.</summary>
        public const int MaxDen = 1000000;

        /// <summary>Longest pulse, in microseconds.</summary>
        public const int MaxWidthUs = 32767;

        /// <summary>Most pulses in a program.</summary>
        public const int MaxPulses = 1000000;

        /// <summary>Longest time between two onsets, in microseconds: one hour.</summary>
        public const long MaxGapUs = 3600000000L;

        /// <summary>Longest program, in microseconds: 24 hours.</summary>
        public const long MaxDurationUs = 86400000000L;

        /// <summary>Block kind: nested repeats.</summary>
        public const int KindRepeats = 1;

        /// <summary>Block kind: explicit list of intervals.</summary>
        public const int KindList = 2;

        /// <summary>Header offset of the magic (U16).</summary>
        public const int MagicOffset = 0;

        /// <summary>Header offset of the version (U8).</summary>
        public const int VersionOffset = 2;

        /// <summary>Header offset of the flags (U8, 0).</summary>
        public const int FlagsOffset = 3;

        /// <summary>Header offset of the total length in bytes (U16).</summary>
        public const int LengthOffset = 4;

        /// <summary>Header offset of the number of blocks (U16).</summary>
        public const int BlockCountOffset = 6;

        /// <summary>Header offset of the denominator (U32): one unit is 1/den microsecond.</summary>
        public const int DenOffset = 8;

        /// <summary>Header offset of the total number of pulses (U32).</summary>
        public const int PulsesOffset = 12;

        /// <summary>Header offset of the session's last onset (U64 units from its first onset).</summary>
        public const int LastOnsetOffset = 16;

        /// <summary>Header offset of the cycle (U64 units): the sum of all block spans.</summary>
        public const int CycleOffset = 24;

        /// <summary>Header offset of the reserved field (U64, 0).</summary>
        public const int ReservedOffset = 32;

        /// <summary>Block offset of its kind (U8).</summary>
        public const int BlockKindOffset = 0;

        /// <summary>Block offset of its number of levels (U8).</summary>
        public const int BlockLevelsOffset = 1;

        /// <summary>Block offset of its train depth (U8): how many outermost levels separate trains.</summary>
        public const int BlockTrainDepthOffset = 2;

        /// <summary>Block offset of the reserved byte (U8, 0).</summary>
        public const int BlockReservedOffset = 3;

        /// <summary>Block offset of the pulse width (U16 microseconds).</summary>
        public const int BlockWidthOffset = 4;

        /// <summary>Block offset of the number of list intervals (U16).</summary>
        public const int BlockListCountOffset = 6;

        /// <summary>Block offset of the span (U64 units): from its first onset to the next block's first onset, or to the end of the cycle.</summary>
        public const int BlockSpanOffset = 8;

        /// <summary>Level offset of the count (U32).</summary>
        public const int LevelCountOffset = 0;

        /// <summary>Level offset of the interval (U64 units, onset to onset; 0 when the count is 1).</summary>
        public const int LevelIntervalOffset = 4;

        /// <summary>Reads an unsigned 16-bit number.</summary>
        /// <param name="image">The program.</param>
        /// <param name="offset">Byte offset.</param>
        public static int ReadU16(byte[] image, int offset)
        {
            return image[offset] | (image[offset + 1] << 8);
        }

        /// <summary>Reads an unsigned 32-bit number; 64 bits wide so that it can never be negative.</summary>
        /// <param name="image">The program.</param>
        /// <param name="offset">Byte offset.</param>
        public static long ReadU32(byte[] image, int offset)
        {
            return (uint)(image[offset] | (image[offset + 1] << 8) | (image[offset + 2] << 16) | (image[offset + 3] << 24));
        }

        /// <summary>Reads an unsigned 64-bit number. Negative when it is 2^63 or more: no valid field is that large.</summary>
        /// <param name="image">The program.</param>
        /// <param name="offset">Byte offset.</param>
        public static long ReadU64(byte[] image, int offset)
        {
            return ReadU32(image, offset) | (ReadU32(image, offset + 4) << 32);
        }
    }
}
