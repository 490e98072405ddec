namespace nanoFramework.Hardware.Esp32.Rmt
{
    public enum EncoderType : byte
    {
        None = 0,
        Copy = 1,
        Byte = 2,
    }
}
