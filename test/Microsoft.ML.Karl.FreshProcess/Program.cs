using Microsoft.ML;
using Microsoft.ML.Data;

// Loads the pipeline in the first argument and prints the column "Count" for the images in the others.
// Nothing of Microsoft.ML.Karl is named here: ML.NET has to find it by what is saved.
MLContext context = new();
ITransformer model = context.Model.Load(args[0], out _);
IDataView images = context.Data.LoadFromEnumerable(args[1..].Select(path => new Row { Path = path }));
Console.Write(string.Join(' ', model.Transform(images).GetColumn<float>("Count")));

internal sealed class Row
{
    public string? Path { get; set; }

    public int Number { get; set; }
}
