using Escapement.Benchmarks.Bytes;
using Escapement.Benchmarks.Opcodes;
using Escapement.Benchmarks.Speed;

const string Usage = "usage: dotnet run -c Release --project tests/benchmarks -- opcodes|bytes|speed [--json]";

bool json = args.Contains("--json");
string[] words = [.. args.Where(word => word != "--json")];
try
{
    switch (words)
    {
        case ["opcodes"]:
            return OpcodeVerb.Run(json);
        case ["bytes"]:
            return BytesVerb.Run(json);
        case ["speed"]:
            return SpeedVerb.Run(json);
        default:
            Console.Error.WriteLine(Usage);
            return 2;
    }
}
catch (InvalidOperationException error)
{
    Console.Error.WriteLine(error.Message);
    return 2;
}
