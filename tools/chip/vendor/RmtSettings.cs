namespace nanoFramework.Hardware.Esp32.Rmt
{
    public abstract class RmtChannelSettings
    {
        private int pin;
        private int resolutionHz = 1_000_000;
        private byte blocks = 1;

        protected RmtChannelSettings(int pinNumber)
        {
            // Quirk: the constructor does not check the pin.
            pin = pinNumber;
        }

        public int PinNumber
        {
            get => pin;
            set => pin = value >= 0 ? value : throw new ArgumentOutOfRangeException(nameof(value));
        }

        public int ResolutionHz
        {
            get => resolutionHz;
            set => resolutionHz = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(value));
        }

        public byte NumberOfMemoryBlocks
        {
            get => blocks;
            set => blocks = value >= 1 && value <= 8 ? value : throw new ArgumentOutOfRangeException(nameof(value));
        }

        public bool SignalInverterEnabled { get; set; }
    }

    public sealed class TransmitChannelSettings : RmtChannelSettings
    {
        private int frequencyHz = 38_000;
        private float dutyPercent = 33f;
        private int loopCount = 1;

        public TransmitChannelSettings(int pinNumber)
            : base(pinNumber)
        {
        }

        // Unlike the generation before, the carrier is off by default.
        public bool EnableCarrierWave { get; set; }

        public bool CarrierLevel { get; set; } = true;

        public bool CarrierAlwaysOn { get; set; }

        public int CarrierWaveFrequency
        {
            get => frequencyHz;
            set => frequencyHz = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(value));
        }

        public float CarrierWaveDutyPercentage
        {
            get => dutyPercent;
            set => dutyPercent = value > 0 && value <= 100 ? value : throw new ArgumentOutOfRangeException(nameof(value));
        }

        public bool EnableLooping { get; set; }

        public int LoopCount
        {
            get => loopCount;
            set => loopCount = value >= 1 && value <= 1023 ? value : throw new ArgumentOutOfRangeException(nameof(value));
        }

        public bool EnableIdleLevelOutput { get; set; } = true;

        public bool IdleLevel { get; set; }
    }
}
