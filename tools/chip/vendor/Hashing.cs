namespace System.IO.Hashing
{
    public class Crc32
    {
        private static readonly uint[] Table = MakeTable();

        private uint state = uint.MaxValue;

        public static uint HashToUInt32(SpanByte source)
        {
            return ~Update(uint.MaxValue, source.Span);
        }

        public void Append(byte value) => state = (state >> 8) ^ Table[(byte)(state ^ value)];

        public void Append(byte[] source) => state = Update(state, source);

        public void Append(SpanByte source) => state = Update(state, source.Span);

        public uint GetCurrentHashAsUInt32() => ~state;

        public void Reset() => state = uint.MaxValue;

        // Eight tables, eight bytes a step: program and lists are checked before every transaction.
        private static uint Update(uint crc, ReadOnlySpan<byte> bytes)
        {
            while (bytes.Length >= 8)
            {
                uint low = BitConverter.ToUInt32(bytes) ^ crc;
                uint high = BitConverter.ToUInt32(bytes[4..]);
                crc = Table[(7 << 8) | (byte)low]
                    ^ Table[(6 << 8) | (byte)(low >> 8)]
                    ^ Table[(5 << 8) | (byte)(low >> 16)]
                    ^ Table[(4 << 8) | (byte)(low >> 24)]
                    ^ Table[(3 << 8) | (byte)high]
                    ^ Table[(2 << 8) | (byte)(high >> 8)]
                    ^ Table[(1 << 8) | (byte)(high >> 16)]
                    ^ Table[(byte)(high >> 24)];
                bytes = bytes[8..];
            }

            foreach (byte b in bytes)
            {
                crc = (crc >> 8) ^ Table[(byte)(crc ^ b)];
            }

            return crc;
        }

        private static uint[] MakeTable()
        {
            var table = new uint[8 * 256];
            for (uint i = 0; i < 256; i++)
            {
                uint c = i;
                for (int k = 0; k < 8; k++)
                {
                    c = (c >> 1) ^ ((c & 1) != 0 ? 0xEDB88320u : 0);
                }

                table[i] = c;
            }

            for (int i = 256; i < table.Length; i++)
            {
                uint before = table[i - 256];
                table[i] = (before >> 8) ^ table[(byte)before];
            }

            return table;
        }
    }
}

namespace System
{
    public readonly ref struct SpanByte
    {
        private readonly byte[] array;
        private readonly int start;
        private readonly int length;

        public SpanByte(byte[] array)
        {
            this.array = array;
            start = 0;
            length = array == null ? 0 : array.Length;
        }

        public SpanByte(byte[] array, int start, int length)
        {
            if (array == null ? start != 0 || length != 0 : start < 0 || length < 0 || start > array.Length - length)
            {
                throw new ArgumentOutOfRangeException(nameof(start));
            }

            this.array = array!;
            this.start = start;
            this.length = length;
        }

        public static SpanByte Empty => default;

        public int Length => length;

        public bool IsEmpty => length == 0;

        internal ReadOnlySpan<byte> Span => new(array, start, length);

        public byte this[int index]
        {
            get => array[Checked(index)];
            set => array[Checked(index)] = value;
        }

        public static implicit operator SpanByte(byte[] array) => new(array);

        public SpanByte Slice(int start) => Slice(start, length - start);

        public SpanByte Slice(int start, int length)
        {
            if (start < 0 || length < 0 || start > this.length - length)
            {
                throw new ArgumentOutOfRangeException(nameof(start));
            }

            return new SpanByte(array, this.start + start, length);
        }

        public void CopyTo(SpanByte destination)
        {
            if (length > destination.length)
            {
                throw new ArgumentOutOfRangeException(nameof(destination));
            }

            Span.CopyTo(new Span<byte>(destination.array, destination.start, length));
        }

        public byte[] ToArray() => Span.ToArray();

        private int Checked(int index)
        {
            return index >= 0 && index < length ? start + index : throw new IndexOutOfRangeException();
        }
    }
}
