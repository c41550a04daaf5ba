using Microsoft.ML;
using Microsoft.ML.Karl;

namespace Karl.Samples;

/// <summary>
/// Orders a folder of images by how complex they are, the simplest first, and prints for instance
/// <code>
/// 0009.jpg: 12 tokens, 120 bits, 0.19 of the budget
/// 0005.jpg: 31 tokens, 310 bits, 0.48 of the budget
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
