namespace Escapement.Link
{
    /// <summary>Harp's own registers 0 to 19: their content, and what a write to one of them does.</summary>
    internal sealed class CoreRegisters
    {
        private const int OperationControlAfterBoot = 0xE4; // alive, operation LED, visual indicators, heartbeat; Standby
        private const int ModeMask = 0x03;
        private const int ActiveMode = 0x01;
        private const int HeartbeatEnable = 0x04;
        private const int Dump = 0x08;
        private const int MuteReplies = 0x10;
        private const int AliveEnable = 0x80;

        private const int ResetToDefaults = 0x01;
        private const int NameToDefault = 0x08;
        private const int BootedWithDefaults = 0x40;

        private const int ClockUnlock = 0x40;
        private const int ClockLock = 0x80;

        private readonly RegisterFile _registers;
        private readonly HarpClock _clock;
        private int _control; // what register OperationControl holds, at hand for every pass

        public CoreRegisters(RegisterFile registers, HarpClock clock)
        {
            _registers = registers;
            _clock = clock;
            registers.SetU16(RegisterAddress.WhoAmI, 0, LinkIdentity.WhoAmI);
            SetControl(OperationControlAfterBoot);
            registers.SetU8(RegisterAddress.ResetDevice, 0, BootedWithDefaults);
            SetVersions();
            SetElements(RegisterAddress.DeviceName, 0, LinkIdentity.DeviceName);
        }

        /// <summary>A dump was asked for; whoever begins it sets this back.</summary>
        public bool DumpRequested { get; set; }

        /// <summary>A reset was accepted.</summary>
        public bool ResetRequested { get; private set; }

        public bool IsActive
        {
            get { return (_control & ModeMask) == ActiveMode; }
        }

        public bool IsMuted
        {
            get { return (_control & MuteReplies) != 0; }
        }

        /// <summary>Register that is reported each second, -1 when none is. The heartbeat comes before the older alive event.</summary>
        public int PeriodicRegister
        {
            get
            {
                if ((_control & ModeMask) != ActiveMode)
                {
                    return -1;
                }

                return (_control & HeartbeatEnable) != 0 ? RegisterAddress.Heartbeat
                    : (_control & AliveEnable) != 0 ? RegisterAddress.TimestampSeconds
                    : -1;
            }
        }

        /// <summary>Brings the registers that change by themselves up to date before their content is sent.</summary>
        public void Refresh(int address, long nowUs)
        {
            switch (address)
            {
                case RegisterAddress.TimestampSeconds:
                    _registers.SetU32(address, 0, _clock.Seconds(nowUs));
                    break;
                case RegisterAddress.TimestampMicroseconds:
                    _registers.SetU16(address, 0, _clock.Ticks(nowUs));
                    break;
                case RegisterAddress.ClockConfiguration:
                    _registers.SetU8(address, 0, _clock.IsLocked ? ClockLock : ClockUnlock);
                    break;
                case RegisterAddress.Heartbeat:
                    _registers.SetU16(address, 0, IsActive ? 1 : 0);
                    break;
            }
        }

        /// <summary>A write that passed Harp's checks of type, length and access. False: out of range, nothing was changed.</summary>
        public bool Write(int address, byte[] payload, int offset, long nowUs)
        {
            switch (address)
            {
                case RegisterAddress.TimestampSeconds:
                    _clock.SetSeconds(LittleEndian.GetU32(payload, offset), nowUs);
                    return true;
                case RegisterAddress.OperationControl:
                    return WriteOperationControl(payload[offset]);
                case RegisterAddress.ResetDevice:
                    return WriteReset(payload[offset]);
                case RegisterAddress.ClockConfiguration:
                    WriteClockConfiguration(payload[offset]);
                    return true;
                default:
                    // DeviceName, SerialNumber, TimestampOffset: there is no non-volatile storage. Harp wants the default in the reply.
                    return true;
            }
        }

        public bool SetUid(byte[] uid)
        {
            if (!_registers.SetBytes(RegisterAddress.Uid, uid, 0, uid.Length))
            {
                return false;
            }

            _registers.SetU16(RegisterAddress.SerialNumber, 0, LittleEndian.GetU16(uid, 0));
            return true;
        }

        private bool WriteOperationControl(int value)
        {
            int mode = value & ModeMask;
            if (mode > ActiveMode)
            {
                return false; // reserved, and Speed, which Harp has given up
            }

            DumpRequested = (value & Dump) != 0;
            SetControl(value & ~Dump);
            return true;
        }

        private void SetControl(int value)
        {
            _control = value;
            _registers.SetU8(RegisterAddress.OperationControl, 0, value);
        }

        private bool WriteReset(int value)
        {
            // Everything else needs what this board lacks (non-volatile storage, firmware update over this link) or is read-only.
            if ((value & ~(ResetToDefaults | NameToDefault)) != 0)
            {
                return false;
            }

            if (value != 0)
            {
                ResetRequested = true;
            }

            return true;
        }

        private void WriteClockConfiguration(int value)
        {
            if ((value & ClockLock) != 0)
            {
                _clock.Lock(); // both bits: the careful one wins
            }
            else if ((value & ClockUnlock) != 0)
            {
                _clock.Unlock();
            }
        }

        private void SetVersions()
        {
            _registers.SetU8(RegisterAddress.HardwareVersionHigh, 0, LinkIdentity.HardwareMajor);
            _registers.SetU8(RegisterAddress.HardwareVersionLow, 0, LinkIdentity.HardwareMinor);
            _registers.SetU8(RegisterAddress.CoreVersionHigh, 0, LinkIdentity.ProtocolMajor);
            _registers.SetU8(RegisterAddress.CoreVersionLow, 0, LinkIdentity.ProtocolMinor);
            _registers.SetU8(RegisterAddress.FirmwareVersionHigh, 0, LinkIdentity.FirmwareMajor);
            _registers.SetU8(RegisterAddress.FirmwareVersionLow, 0, LinkIdentity.FirmwareMinor);

            // Major, minor, patch each: protocol, firmware, hardware; then the core's id and the hash.
            int version = RegisterAddress.Version;
            _registers.SetU8(version, 0, LinkIdentity.ProtocolMajor);
            _registers.SetU8(version, 1, LinkIdentity.ProtocolMinor);
            _registers.SetU8(version, 3, LinkIdentity.FirmwareMajor);
            _registers.SetU8(version, 4, LinkIdentity.FirmwareMinor);
            _registers.SetU8(version, 6, LinkIdentity.HardwareMajor);
            _registers.SetU8(version, 7, LinkIdentity.HardwareMinor);
            _registers.SetU8(version, 9, 'E');
            _registers.SetU8(version, 10, 'S');
            _registers.SetU8(version, 11, 'C');
            SetElements(version, 12, LinkIdentity.InterfaceHash);
        }

        private void SetElements(int address, int first, byte[] values)
        {
            for (int i = 0; i < values.Length; i++)
            {
                _registers.SetU8(address, first + i, values[i]);
            }
        }
    }
}
