using Microsoft.ML;
using Microsoft.ML.Karl;

namespace Karl.Samples;

/// <summary>
/// Tokenizes a folder of images and prints what each one needs. With the images of <c>karl demo --size 64</c> it printed
/// <code>
/// chessboard.png: 61 tokens, the first is code 444 at position 0
/// flat.png: 2 tokens, the first is code 771 at position 0
/// gradient.png: 12 tokens, the first is code 38 at position 0
/// mandelbrot.png: 45 tokens, the first is code 830 at position 0
/// noise.png: 64 tokens, the first is code 217 at position 0
/// scene.png: 6 tokens, the first is code 84 at position 0
/// text.png: 64 tokens, the first is code 227 at position 0
/// </code>
/// </summary>
internal static class TokenizeFolder
{
    public static void Run(string? model, string folder)
    {
        MLContext context = new();
        IDataView files = context.Data.LoadFromEnumerable(ImageFile.In(folder));
        using KarlTokenizingTransformer tokenizing = context.Transforms
            .KarlTokenize(null, "Path", new KarlTokenizeOptions { Model = model, CountColumnName = "Count", CodesColumnName = "Codes", PositionsColumnName = "Positions" })
            .Fit(files);
        foreach (Row row in context.Data.CreateEnumerable<Row>(tokenizing.Transform(files), reuseRowObject: true))
        {
            // Keys begin at 1: the code is one less.
            Console.WriteLine($"{Path.GetFileName(row.Path)}: {row.Count} tokens, the first is code {row.Codes[0] - 1} at position {row.Positions[0]}");
        }
    }

    private sealed class Row
    {
        public string Path { get; set; } = string.Empty;

        public float Count { get; set; }

        public uint[] Codes { get; set; } = [];

        public int[] Positions { get; set; } = [];
    }
}
