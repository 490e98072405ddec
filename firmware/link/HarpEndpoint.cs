namespace Escapement.Link
{
    /// <summary>
    /// The device's end of the link: bytes in, bytes out. In every pass the owner calls <see cref="Receive"/> with what has
    /// arrived, then <see cref="Pass"/>, then sends what <see cref="TakeOutput"/> gives.
    /// </summary>
    public sealed class HarpEndpoint
    {
        /// <summary>Most requests handled between two calls of <see cref="Pass"/>; the rest wait, so a flood cannot stretch a pass.</summary>
        public const int RequestsPerPass = 16;

        private const int NoDump = RegisterTable.Addresses;

        private readonly IRegisterWrites _writes;
        private readonly FrameParser _parser = new FrameParser();
        private readonly TransmitQueue _queue = new TransmitQueue();
        private readonly RegisterFile _registers = new RegisterFile();
        private readonly HarpClock _clock = new HarpClock();
        private readonly CoreRegisters _core;
        private readonly byte[] _frame = new byte[HarpFrame.MaxBytes];

        private int _requestsLeft = RequestsPerPass;
        private int _dumpNext = NoDump;
        private long _second;
        private uint _framesIgnored;
        private uint _errorReplies;
        private uint _eventsDropped;

        /// <summary>Makes the endpoint as after a boot: Standby, clock unlocked, registers at their defaults.</summary>
        /// <param name="writes">Owner of the application registers.</param>
        public HarpEndpoint(IRegisterWrites writes)
        {
            _writes = writes;
            _core = new CoreRegisters(_registers, _clock);
            _registers.SetU32(RegisterAddress.Identity, IdentityField.Magic, IdentityField.MagicValue);
            _registers.SetU32(RegisterAddress.Identity, IdentityField.InterfaceVersion, IdentityField.InterfaceVersionValue);
        }

        /// <summary>Content of all registers. The owner keeps the application registers in it.</summary>
        public RegisterFile Registers
        {
            get { return _registers; }
        }

        /// <summary>Whether the device is in Standby: no event leaves.</summary>
        public bool IsStandby
        {
            get { return !_core.IsActive; }
        }

        /// <summary>Whether replies are muted.</summary>
        public bool IsMuted
        {
            get { return _core.IsMuted; }
        }

        /// <summary>Set while armed or running: TimestampSeconds refuses writes, whatever a host asks.</summary>
        public bool LockTimestamp
        {
            get { return _clock.LockedByOwner; }
            set { _clock.LockedByOwner = value; }
        }

        /// <summary>A host asked for a reset and it was accepted: close the gate now. No further request is taken.</summary>
        public bool ResetRequested
        {
            get { return _core.ResetRequested; }
        }

        /// <summary>A reset was accepted and everything queued, its reply included, was taken by <see cref="TakeOutput"/>: reset now.</summary>
        public bool ResetReplied
        {
            get { return _core.ResetRequested && _queue.Count == 0; }
        }

        /// <summary>Bytes that <see cref="Receive"/> takes at once. Read no more than this from the port.</summary>
        public int InputRoom
        {
            get { return _parser.Room; }
        }

        /// <summary>Events that found no room since power-up.</summary>
        public uint EventsDropped
        {
            get { return _eventsDropped; }
        }

        /// <summary>Bytes waiting to be sent.</summary>
        public int OutputCount
        {
            get { return _queue.Count; }
        }

        /// <summary>Sets register Uid and, with it, SerialNumber. False when it is not 16 bytes long.</summary>
        /// <param name="uid">Lowest byte first.</param>
        public bool SetUid(byte[] uid)
        {
            return _core.SetUid(uid);
        }

        /// <summary>Sets register Tag, the name of the build. False when it is not 8 bytes long.</summary>
        /// <param name="tag">Lowest byte first.</param>
        public bool SetTag(byte[] tag)
        {
            return _registers.SetBytes(RegisterAddress.Tag, tag, 0, tag.Length);
        }

        /// <summary>
        /// Takes bytes from the host and handles the requests in them. Takes fewer than given only when requests wait for room in
        /// the transmit queue or for the next pass; the rest is the caller's to offer again.
        /// </summary>
        /// <param name="buffer">Holds the bytes.</param>
        /// <param name="count">How many there are.</param>
        /// <param name="nowUs">Board clock in microseconds.</param>
        /// <returns>The number of bytes taken.</returns>
        public int Receive(byte[] buffer, int count, long nowUs)
        {
            int taken = 0;
            while (taken < count)
            {
                int accepted = _parser.Accept(buffer, taken, count - taken, nowUs);
                if (accepted == 0)
                {
                    break;
                }

                taken += accepted;
                HandleRequests(nowUs);
            }

            return taken;
        }

        /// <summary>Once a pass, after <see cref="Receive"/>: requests left over, half frames, the event of the second, one register of a dump.</summary>
        /// <param name="nowUs">Board clock in microseconds.</param>
        public void Pass(long nowUs)
        {
            if (CanHandle)
            {
                _parser.Expire(nowUs);
                HandleRequests(nowUs);
            }
            else
            {
                _parser.RestartTimeout(nowUs); // we keep the line waiting, not the host
            }

            _requestsLeft = RequestsPerPass;
            ReportSecond(nowUs);
            DumpOne(nowUs);
        }

        /// <summary>Queues an event with the register's content. False when it was dropped: in Standby, or no room (counted).</summary>
        /// <param name="address">Address of a register that has events.</param>
        /// <param name="nowUs">Board clock in microseconds.</param>
        public bool QueueEvent(int address, long nowUs)
        {
            if (IsStandby || ResetRequested || !RegisterTable.CanEvent(address))
            {
                return false;
            }

            if (!HasRoom(address))
            {
                _eventsDropped++;
                return false;
            }

            Send(MessageType.Event, address, RegisterTable.TypeOf(address), RegisterTable.BytesOf(address), nowUs);
            return true;
        }

        /// <summary>Takes the next bytes to send: as many whole frames as fit.</summary>
        /// <param name="buffer">Takes the bytes; at least <see cref="HarpFrame.MaxBytes"/> long.</param>
        /// <returns>The number of bytes; 0 when there is nothing to send.</returns>
        public int TakeOutput(byte[] buffer)
        {
            return _queue.Take(buffer);
        }

        // Replies are never dropped: no request is taken unless its reply will fit.
        private bool CanHandle
        {
            get { return _requestsLeft > 0 && !ResetRequested && (IsMuted || _queue.Room >= HarpFrame.MaxBytes); }
        }

        private void HandleRequests(long nowUs)
        {
            while (CanHandle && _parser.Next())
            {
                _requestsLeft--;
                HandleFrame(nowUs);
            }

            if (_core.ResetRequested)
            {
                _parser.Clear();
            }
        }

        private void HandleFrame(long nowUs)
        {
            int messageType = _parser.MessageType;
            if (messageType == MessageType.Event || _parser.IsError || _parser.Port != HarpFrame.DevicePort)
            {
                _framesIgnored++;
                return;
            }

            int address = _parser.Address;
            bool accepted = messageType == MessageType.Write ? HandleWrite(address, nowUs) : HandleRead(address, nowUs);
            if (IsMuted)
            {
                return;
            }

            if (accepted)
            {
                Send(messageType, address, RegisterTable.TypeOf(address), RegisterTable.BytesOf(address), nowUs);
            }
            else
            {
                SendError(messageType, address, nowUs);
            }

            BeginDump();
        }

        // A payload in a Read request has no meaning in Harp and is none of its error cases: it is ignored.
        private bool HandleRead(int address, long nowUs)
        {
            if (_parser.PayloadType != RegisterTable.TypeOf(address) || !RegisterTable.Exists(address))
            {
                return false;
            }

            Refresh(address, nowUs);
            return true;
        }

        private bool HandleWrite(int address, long nowUs)
        {
            bool valid = RegisterTable.CanWrite(address)
                && _parser.PayloadType == RegisterTable.TypeOf(address)
                && _parser.PayloadLength == RegisterTable.BytesOf(address);
            if (valid && address >= RegisterTable.FirstApplicationAddress)
            {
                valid = _writes.OnWrite(address, _parser.Buffer, _parser.PayloadOffset, _parser.PayloadLength, nowUs);
                if (valid)
                {
                    return true; // the owner has just set what the reply is to carry
                }
            }
            else if (valid)
            {
                valid = _core.Write(address, _parser.Buffer, _parser.PayloadOffset, nowUs);
            }

            if (RegisterTable.Exists(address))
            {
                Refresh(address, nowUs);
            }

            return valid;
        }

        private void Refresh(int address, long nowUs)
        {
            if (address < RegisterTable.FirstApplicationAddress)
            {
                _core.Refresh(address, nowUs);
                return;
            }

            if (address == RegisterAddress.LinkCounters)
            {
                MirrorCounters();
            }

            _writes.OnRead(address, nowUs);
        }

        private void MirrorCounters()
        {
            int address = RegisterAddress.LinkCounters;
            _registers.SetU32(address, LinkCountersField.FramesGood, _parser.FramesGood);
            _registers.SetU32(address, LinkCountersField.ChecksumErrors, _parser.ChecksumErrors);
            _registers.SetU32(address, LinkCountersField.BytesSkipped, _parser.BytesSkipped);
            _registers.SetU32(address, LinkCountersField.HalfFrames, _parser.HalfFrames);
            _registers.SetU32(address, LinkCountersField.FramesIgnored, _framesIgnored);
            _registers.SetU32(address, LinkCountersField.ErrorReplies, _errorReplies);
            _registers.SetU32(address, LinkCountersField.EventsDropped, _eventsDropped);
        }

        private void ReportSecond(long nowUs)
        {
            // The offset is whole seconds, so the board's second and the Harp clock's turn together.
            long second = nowUs / 1000000;
            if (second == _second)
            {
                return;
            }

            _second = second;
            int address = _core.PeriodicRegister;
            if (address >= 0)
            {
                _core.Refresh(address, nowUs);
                QueueEvent(address, nowUs);
            }
        }

        private void BeginDump()
        {
            if (_core.DumpRequested)
            {
                _core.DumpRequested = false;
                _dumpNext = 0;
            }
        }

        private void DumpOne(long nowUs)
        {
            if (_dumpNext == NoDump)
            {
                return;
            }

            if (IsMuted || ResetRequested)
            {
                _dumpNext = NoDump; // a dump is a reply, too
                return;
            }

            if (!HasRoom(_dumpNext))
            {
                return;
            }

            Refresh(_dumpNext, nowUs);
            Send(MessageType.Read, _dumpNext, RegisterTable.TypeOf(_dumpNext), RegisterTable.BytesOf(_dumpNext), nowUs);
            do
            {
                _dumpNext++;
            }
            while (_dumpNext < NoDump && !RegisterTable.Exists(_dumpNext));
        }

        // What nobody asked for leaves room for one reply, so that an event out of a write cannot push its reply out.
        private bool HasRoom(int address)
        {
            return _queue.Room >= HarpFrame.MaxBytes + HarpFrame.TimestampedOverhead + RegisterTable.BytesOf(address);
        }

        private void Send(int messageType, int address, int payloadType, int bytes, long nowUs)
        {
            int length = FrameWriter.Timestamped(_frame, 0, messageType, address, payloadType, _clock.Seconds(nowUs), _clock.Ticks(nowUs),
                _registers.Store, _registers.OffsetOf(address), bytes);
            _queue.Add(_frame, length);
        }

        // An error reply to a Read has no payload; one to a Write carries the register's content, when there is a register.
        private void SendError(int messageType, int address, long nowUs)
        {
            bool exists = RegisterTable.Exists(address);
            int payloadType = exists ? RegisterTable.TypeOf(address) : _parser.PayloadType;
            int bytes = messageType == MessageType.Write ? RegisterTable.BytesOf(address) : 0;
            _errorReplies++;
            Send(messageType | HarpFrame.ErrorFlag, address, payloadType, bytes, nowUs);
        }
    }
}
