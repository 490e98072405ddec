using System.Collections;

namespace nanoFramework.Hardware.Esp32.Rmt
{
    public class RmtSymbol
    {
        private ushort duration0;
        private ushort duration1;

        public RmtSymbol(ushort duration0, bool level0, ushort duration1, bool level1)
        {
            Duration0 = duration0;
            Level0 = level0;
            Duration1 = duration1;
            Level1 = level1;
        }

        public ushort Duration0
        {
            get => duration0;
            set => duration0 = value <= 32767 ? value : throw new ArgumentOutOfRangeException(nameof(value));
        }

        public bool Level0 { get; set; }

        public ushort Duration1
        {
            get => duration1;
            set => duration1 = value <= 32767 ? value : throw new ArgumentOutOfRangeException(nameof(value));
        }

        public bool Level1 { get; set; }
    }

    public class RmtSymbols : IEnumerable
    {
        private readonly List<RmtSymbol> symbols = new();
        private byte[]? serialized;

        public RmtSymbols()
        {
        }

        public RmtSymbols(RmtSymbol[] symbolsArray)
        {
            if (symbolsArray != null)
            {
                symbols.AddRange(symbolsArray);
            }
        }

        public int Count => symbols.Count;

        public RmtSymbol this[int index]
        {
            get => symbols[Checked(index)];
            set
            {
                symbols[Checked(index)] = value;
                serialized = null;
            }
        }

        public void Add(RmtSymbol cmd)
        {
            symbols.Add(cmd);
            serialized = null;
        }

        public void Clear()
        {
            symbols.Clear();
            serialized = null;
        }

        public IEnumerator GetEnumerator() => symbols.GetEnumerator();

        public byte[] Serialize()
        {
            // Quirk: the bytes are kept and handed out again, and changing a symbol inside does not renew them.
            if (serialized == null)
            {
                serialized = new byte[4 * symbols.Count];
                for (int i = 0; i < symbols.Count; i++)
                {
                    RmtSymbol s = symbols[i];
                    int word = s.Duration0 | (s.Level0 ? 0x8000 : 0) | (s.Duration1 | (s.Level1 ? 0x8000 : 0)) << 16;
                    BitConverter.TryWriteBytes(serialized.AsSpan(4 * i), word);
                }
            }

            return serialized;
        }

        private int Checked(int index)
        {
            return index >= 0 && index < symbols.Count ? index : throw new IndexOutOfRangeException();
        }
    }
}
