namespace Escapement.Fuzz;

static class Program
{
    static int Main()
    {
        Console.Error.WriteLine("usage: dotnet run -c Release --project tests/fuzz -- --help");
        return 2;
    }
}
