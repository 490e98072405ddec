namespace nanoFramework.Hardware.Esp32.Rmt
{
    public abstract class EncoderSettings
    {
        private protected EncoderSettings(EncoderType type)
        {
            Type = type;
        }

        public EncoderType Type { get; }
    }

    public class CopyEncoderSettings : EncoderSettings
    {
        public CopyEncoderSettings()
            : base(EncoderType.Copy)
        {
        }

        public CopyEncoderSettings(RmtSymbols symbols)
            : base(EncoderType.Copy)
        {
            Embedded = symbols?.Serialize();
        }

        public CopyEncoderSettings(RmtSymbol[] symbols)
            : this(new RmtSymbols(symbols))
        {
        }

        internal byte[]? Embedded { get; }
    }

    public class EncoderData
    {
        private int loop;

        public EncoderData(byte[] data, int loop = 1)
        {
            Data = data;
            Loop = loop;
        }

        public byte[] Data { get; set; }

        public int Loop
        {
            get => loop;
            set => loop = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(value));
        }
    }
}
