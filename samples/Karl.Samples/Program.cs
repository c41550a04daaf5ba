namespace Karl.Samples;

/// <summary>Runs a sample by its name: <c>dotnet run --project samples/Karl.Samples -- tokenize-folder model.karl photos</c>.</summary>
internal static class Program
{
    private static readonly Dictionary<string, (string Arguments, Action<string[]> Run)> Samples = new()
    {
        ["tokenize-folder"] = ("MODEL.karl FOLDER", arguments => TokenizeFolder.Run(arguments[0], arguments[1])),
        ["order-by-complexity"] = ("MODEL.karl FOLDER", arguments => OrderByComplexity.Run(arguments[0], arguments[1])),
        ["save-and-serve"] = ("MODEL.karl FOLDER", arguments => SaveAndServe.Run(arguments[0], arguments[1])),
        ["linear-probe"] = ("MODEL.karl FOLDER [BUDGET ...]", arguments => LinearProbe.Run(arguments[0], arguments[1], [.. arguments[2..].Select(int.Parse)])),
    };

    private static int Main(string[] arguments)
    {
        if (arguments.Length < 3 || !Samples.TryGetValue(arguments[0], out (string Arguments, Action<string[]> Run) sample))
        {
            Console.Error.WriteLine(string.Join('\n', Samples.Select(pair => $"{pair.Key} {pair.Value.Arguments}").Prepend("Give a sample and its arguments:")));
            return 2;
        }

        sample.Run(arguments[1..]);
        return 0;
    }
}
