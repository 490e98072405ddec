namespace Escapement.Link
{
    public static partial class RegisterTable
    {
        private const int WriteAccess = 2;
        private const int EventAccess = 4;

        /// <summary>Lowest address of an application register; below it the registers are Harp's own.</summary>
        public const int FirstApplicationAddress = 32;

        /// <summary>Whether there is a register at this address.</summary>
        public static bool Exists(int address)
        {
            return address >= 0 && address < Addresses && PayloadTypes[address] != 0;
        }

        /// <summary>Type of the register's elements, as in <see cref="PayloadType"/>; 0 when there is no register.</summary>
        public static int TypeOf(int address)
        {
            return address >= 0 && address < Addresses ? PayloadTypes[address] : 0;
        }

        /// <summary>Number of the register's elements; 0 when there is no register.</summary>
        public static int LengthOf(int address)
        {
            return address >= 0 && address < Addresses ? Lengths[address] : 0;
        }

        /// <summary>Bytes of the register's content; 0 when there is no register.</summary>
        public static int BytesOf(int address)
        {
            return address >= 0 && address < Addresses ? (PayloadTypes[address] & 0x0F) * Lengths[address] : 0;
        }

        /// <summary>Whether the register takes writes.</summary>
        public static bool CanWrite(int address)
        {
            return address >= 0 && address < Addresses && (Accesses[address] & WriteAccess) != 0;
        }

        /// <summary>Whether the register is reported by events.</summary>
        public static bool CanEvent(int address)
        {
            return address >= 0 && address < Addresses && (Accesses[address] & EventAccess) != 0;
        }
    }
}
