using Microsoft.ML;
using Microsoft.ML.Karl;

namespace Karl.Samples;

/// <summary>
/// Orders a folder of images by how complex they are, the simplest first. With the images of <c>karl demo --size 64</c> it printed
/// <code>
/// scene.png: 7 tokens, 70 bits, 0.11 of the budget
/// gradient.png: 9 tokens, 90 bits, 0.14 of the budget
/// flat.png: 12 tokens, 120 bits, 0.19 of the budget
/// chessboard.png: 24 tokens, 240 bits, 0.38 of the budget
/// mandelbrot.png: 25 tokens, 250 bits, 0.39 of the budget
/// text.png: 44 tokens, 440 bits, 0.69 of the budget
/// noise.png: 64 tokens, 640 bits, 1.00 of the budget
/// </code>
/// </summary>
internal static class OrderByComplexity
{
    public static void Run(string? model, string folder)
    {
        MLContext context = new();
        IDataView files = context.Data.LoadFromEnumerable(ImageFile.In(folder));
        using KarlComplexityTransformer complexity = context.Transforms
            .KarlComplexity("Complexity", "Path", new KarlComplexityOptions { Model = model, UnreadableImages = KarlUnreadableImages.Mark }).Fit(files);
        IDataView readable = context.Data.FilterRowsByMissingValues(complexity.Transform(files), "Complexity");
        foreach (Row row in context.Data.CreateEnumerable<Row>(readable, reuseRowObject: false).OrderBy(row => row.ComplexityBits))
        {
            Console.WriteLine($"{Path.GetFileName(row.Path)}: {row.Complexity} tokens, {row.ComplexityBits} bits, {row.ComplexityNormalized:0.00} of the budget");
        }
    }

    private sealed class Row
    {
        public string Path { get; set; } = string.Empty;

        public float Complexity { get; set; }

        public float ComplexityBits { get; set; }

        public float ComplexityNormalized { get; set; }
    }
}
