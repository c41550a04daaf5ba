using Microsoft.ML;
using Microsoft.ML.Karl;

namespace Karl.Samples;

/// <summary>
/// Orders a folder of images by how complex they are, the simplest first. With the images of <c>karl demo --size 64</c> it printed
/// <code>
/// flat.png: 2 tokens, 20 bits, 0.03 of the budget
/// scene.png: 6 tokens, 60 bits, 0.09 of the budget
/// gradient.png: 12 tokens, 120 bits, 0.19 of the budget
/// mandelbrot.png: 45 tokens, 450 bits, 0.70 of the budget
/// chessboard.png: 61 tokens, 610 bits, 0.95 of the budget
/// noise.png: 64 tokens, 640 bits, 1.00 of the budget
/// text.png: 64 tokens, 640 bits, 1.00 of the budget
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
