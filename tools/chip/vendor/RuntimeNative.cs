using Escapement.Chip;

namespace nanoFramework.Runtime.Native
{
    public delegate void RebootEventHandler();

    public class Power
    {
        public static event RebootEventHandler OnRebootEvent
        {
            add => Board.Of().RebootHandlers += value;
            remove => Board.Of().RebootHandlers -= value;
        }

        /// <summary>Never returns: <see cref="BoardHalted"/> goes out of it.</summary>
        public static void RebootDevice(RebootOption rebootOption = RebootOption.NormalReboot)
        {
            Board board = Board.Of();
            board.Call(VendorCall.Other);
            board.Reboot();
        }

        public static void RebootDevice(int exeConstraintTimeout, RebootOption rebootOption = RebootOption.NormalReboot)
        {
            RebootDevice(rebootOption);
        }
    }

    public static class GC
    {
        public static uint Run(bool compactHeap)
        {
            Board board = Board.Of();
            board.Call(VendorCall.Other);
            board.Spend((compactHeap ? board.Options.CompactionUs : board.Options.CollectionUs) * Board.TicksPerUs);
            return (uint)board.Options.ManagedFreeBytes;
        }

        public static void EnableGCMessages(bool enable)
        {
            Board.Of().Call(VendorCall.Other);
        }
    }

    public static class SystemInfo
    {
        public enum FloatingPoint
        {
            None = 0,
            SinglePrecisionSoftware = 1,
            SinglePrecisionHardware = 2,
            DoublePrecisionSoftware = 3,
            DoublePrecisionHardware = 4,
        }

        public static byte Model => 0;

        public static byte OEM => 0;

        public static ushort SKU => 0;

        public static string OEMString => "simulated chip, no nanoCLR";

        public static string Platform => Board.Of().Options.Chip == ChipKind.Esp32S3 ? "ESP32_S3" : "ESP32";

        public static string TargetName => Board.Of().Options.Target;

        public static Version Version => new Version(1, 17, 0, 0);

        public static FloatingPoint FloatingPointSupport => FloatingPoint.DoublePrecisionSoftware;
    }
}
