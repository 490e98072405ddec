namespace Escapement.Chip
{
    /// <summary>A growing ring of bytes.</summary>
    internal sealed class ByteQueue
    {
        private byte[] ring = new byte[1024];
        private int first;

        public int Count { get; private set; }

        public void Clear()
        {
            first = 0;
            Count = 0;
        }

        public void Add(ReadOnlySpan<byte> bytes)
        {
            Reserve(bytes.Length);
            int at = (first + Count) & (ring.Length - 1);
            int head = Math.Min(bytes.Length, ring.Length - at);
            bytes[..head].CopyTo(ring.AsSpan(at));
            bytes[head..].CopyTo(ring);
            Count += bytes.Length;
        }

        public void Take(Span<byte> into)
        {
            int head = Math.Min(into.Length, ring.Length - first);
            ring.AsSpan(first, head).CopyTo(into);
            ring.AsSpan(0, into.Length - head).CopyTo(into[head..]);
            Skip(into.Length);
        }

        public void Move(ByteQueue from, int count)
        {
            int head = Math.Min(count, from.ring.Length - from.first);
            Add(from.ring.AsSpan(from.first, head));
            Add(from.ring.AsSpan(0, count - head));
            from.Skip(count);
        }

        public void Skip(int count)
        {
            first = (first + count) & (ring.Length - 1);
            Count -= count;
        }

        private void Reserve(int more)
        {
            if (Count + more <= ring.Length)
            {
                return;
            }

            int size = ring.Length;
            while (size < Count + more)
            {
                size *= 2;
            }

            byte[] larger = new byte[size];
            int head = Math.Min(Count, ring.Length - first);
            ring.AsSpan(first, head).CopyTo(larger);
            ring.AsSpan(0, Count - head).CopyTo(larger.AsSpan(head));
            ring = larger;
            first = 0;
        }
    }
}
