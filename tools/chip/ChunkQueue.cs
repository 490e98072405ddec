namespace Escapement.Chip
{
    /// <summary>When the bytes of a <see cref="ByteQueue"/> have crossed the line: one entry for bytes that follow each other without a gap.</summary>
    internal sealed class ChunkQueue
    {
        private Chunk[] ring = new Chunk[16];
        private int first;
        private int count;

        public bool IsEmpty => count == 0;

        public void Clear()
        {
            first = 0;
            count = 0;
        }

        public void Add(long start80, long byte80, int bytes)
        {
            if (count == ring.Length)
            {
                Chunk[] larger = new Chunk[2 * count];
                for (int i = 0; i < count; i++)
                {
                    larger[i] = ring[(first + i) & (ring.Length - 1)];
                }

                ring = larger;
                first = 0;
            }

            ref Chunk chunk = ref ring[(first + count) & (ring.Length - 1)];
            chunk.Start80 = start80;
            chunk.Byte80 = byte80;
            chunk.Bytes = bytes;
            chunk.Taken = 0;
            count++;
        }

        /// <summary>Takes note of what has crossed by a time, at most so many bytes. Returns how many.</summary>
        public int Take(long now, int most)
        {
            int taken = 0;
            while (count > 0 && taken < most)
            {
                ref Chunk chunk = ref ring[first];
                long crossed = now <= chunk.Start80 ? 0 : (now - chunk.Start80) / chunk.Byte80;
                int there = crossed < chunk.Bytes ? (int)crossed : chunk.Bytes;
                int part = Math.Min(there - chunk.Taken, most - taken);
                taken += part;
                chunk.Taken += part;
                if (chunk.Taken < chunk.Bytes)
                {
                    break;
                }

                first = (first + 1) & (ring.Length - 1);
                count--;
            }

            return taken;
        }

        /// <summary>When so many more bytes will have crossed; long.MaxValue: there are not so many.</summary>
        public long TimeOf(int bytes)
        {
            for (int i = 0; i < count; i++)
            {
                ref Chunk chunk = ref ring[(first + i) & (ring.Length - 1)];
                int left = chunk.Bytes - chunk.Taken;
                if (bytes <= left)
                {
                    return chunk.Start80 + (chunk.Taken + bytes) * chunk.Byte80;
                }

                bytes -= left;
            }

            return long.MaxValue;
        }

        private struct Chunk
        {
            public long Start80;
            public long Byte80;
            public int Bytes;
            public int Taken;
        }
    }
}
