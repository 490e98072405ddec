namespace Escapement.Runtime.Ports
{
    /// <summary>What the supervisor asks of the board as a whole.</summary>
    public interface IBoardSystem
    {
        /// <summary>Collects garbage without compaction. Only with the gate closed and time to spare.</summary>
        void CollectGarbage();

        /// <summary>Resets the board. Nothing after it runs. The caller has made everything safe first.</summary>
        void Reboot();

        /// <summary>Lights the state lamp on or off, where the board has one.</summary>
        void Lamp(bool on);
    }
}
