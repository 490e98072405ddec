using Escapement.Chip;

namespace nanoFramework.Hardware.Esp32
{
    public class HighResTimer : IDisposable
    {
        /// <summary>The static clock is what the firmware uses; timers that call back are not simulated.</summary>
        public HighResTimer()
        {
            throw new NotSupportedException("The simulated chip has no high resolution timers, only their clock.");
        }

        public static ulong GetCurrent()
        {
            Board board = Board.Of();
            board.Call(VendorCall.ClockRead);
            return (ulong)board.BoardUs();
        }

        public void Dispose()
        {
        }
    }

    public class Configuration
    {
        public static int GetFunctionPin(DeviceFunction function)
        {
            Board board = Board.Of();
            board.Call(VendorCall.Other);
            return board.GetFunction((int)function);
        }

        public static void SetPinFunction(int pin, DeviceFunction value)
        {
            Board board = Board.Of();
            board.Call(VendorCall.Other);
            if (!board.SetFunction(pin, (int)value))
            {
                throw new ArgumentException("There is no pin " + pin + ".");
            }
        }
    }

    public class NativeMemory
    {
        public enum MemoryType
        {
            All = 0,
            Internal = 1,
            SpiRam = 2,
        }

        public static void GetMemoryInfo(MemoryType memType, out uint totalSize, out uint totalFreeSize, out uint largestFreeBlock)
        {
            Board board = Board.Of();
            board.Call(VendorCall.Other);
            NativeHeap.Figures(board.Options, memType == MemoryType.Internal, memType == MemoryType.SpiRam, out totalSize, out totalFreeSize, out largestFreeBlock);
        }
    }
}
