using Escapement.Chip;

namespace System.Device.Adc
{
    public abstract class AdcControllerBase
    {
        public abstract int ChannelCount { get; }

        public abstract AdcChannelMode ChannelMode { get; set; }

        public abstract int MaxValue { get; }

        public abstract int MinValue { get; }

        public abstract int ResolutionInBits { get; }

        public abstract bool IsChannelModeSupported(AdcChannelMode channelMode);

        public abstract AdcChannel OpenChannel(int channelNumber);
    }

    public class AdcController : AdcControllerBase
    {
        private readonly Board board = Board.Of();

        public override int ChannelCount => 20;

        public override AdcChannelMode ChannelMode { get; set; }

        public override int MaxValue => 4095;

        public override int MinValue => 0;

        public override int ResolutionInBits => 12;

        public override bool IsChannelModeSupported(AdcChannelMode channelMode) => channelMode == AdcChannelMode.SingleEnded;

        public override AdcChannel OpenChannel(int channelNumber)
        {
            board.Call(VendorCall.Other);
            if (channelNumber < 0 || channelNumber >= ChannelCount)
            {
                throw new ArgumentException("There is no analogue channel " + channelNumber + ".");
            }

            return new AdcChannel(this, board, channelNumber);
        }
    }

    public abstract class AdcChannelBase
    {
        private AdcController? controller;

        protected AdcChannelBase()
        {
        }

        public AdcController Controller => controller!;

        public abstract int ReadValue();

        public double ReadRatio() => ReadValue() / (double)Controller.MaxValue;

        internal void BelongTo(AdcController owner) => controller = owner;
    }

    public class AdcChannel : AdcChannelBase, IDisposable
    {
        private readonly Board board;
        private readonly int channel;

        internal AdcChannel(AdcController controller, Board board, int channel)
        {
            BelongTo(controller);
            this.board = board;
            this.channel = channel;
        }

        public override int ReadValue()
        {
            board.Call(VendorCall.AnalogRead);
            return board.ReadAnalog(channel);
        }

        public void Dispose()
        {
        }
    }
}
