using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Karl;

namespace Karl.Samples;

/// <summary>
/// Trains on three quarters of a folder with a folder a class, saves the whole pipeline, loads it as a server would, and predicts the other images one at a time.
/// With 48 images of CIFAR-10, airplanes and frogs, it printed
/// <code>
/// 0016.jpg: frog, is airplane
/// 0051.jpg: airplane, is airplane
/// 0066.jpg: frog, is airplane
/// 0088.jpg: airplane, is airplane
/// 0100.jpg: airplane, is airplane
/// 0115.jpg: airplane, is airplane
/// 0014.jpg: airplane, is frog
/// 0038.jpg: airplane, is frog
/// 0062.jpg: frog, is frog
/// 0108.jpg: frog, is frog
/// 0133.jpg: frog, is frog
/// 0161.jpg: frog, is frog
/// 8 of 12 right
/// </code>
/// </summary>
internal static class SaveAndServe
{
    private const int HeldOut = 4;

    public static void Run(string? model, string folder)
    {
        string saved = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.zip");
        ImageFile[] files = ImageFile.In(folder);
        try
        {
            Train(model, [.. files.Where((_, index) => index % HeldOut != HeldOut - 1)], saved);
            Serve(saved, [.. files.Where((_, index) => index % HeldOut == HeldOut - 1)]);
        }
        finally
        {
            File.Delete(saved);
        }
    }

    private static void Train(string? model, ImageFile[] files, string saved)
    {
        MLContext context = new(seed: 1);
        IDataView rows = context.Data.LoadFromEnumerable(files);
        using TransformerChain<ITransformer> pipeline = context.Transforms.Conversion.MapValueToKey("Label")
            .Append(context.Transforms.KarlTokenize("Features", "Path", new KarlTokenizeOptions { Model = model }))
            .Append(context.MulticlassClassification.Trainers.KarlLinearProbe())
            .Append((IEstimator<ITransformer>)context.Transforms.Conversion.MapKeyToValue("PredictedLabel"))
            .Fit(rows);
        context.Model.Save(pipeline, rows.Schema, saved);
    }

    private static void Serve(string saved, ImageFile[] files)
    {
        MLContext context = new();
        ITransformer loaded = context.RestoreKarl(context.Model.Load(saved, out _));
        using PredictionEngine<ImageFile, Prediction> engine = context.Model.CreatePredictionEngine<ImageFile, Prediction>(loaded);
        int right = 0;
        foreach (ImageFile file in files)
        {
            Prediction prediction = engine.Predict(file);
            right += prediction.PredictedLabel == file.Label ? 1 : 0;
            Console.WriteLine($"{Path.GetFileName(file.Path)}: {prediction.PredictedLabel}, is {file.Label}");
        }

        Console.WriteLine($"{right} of {files.Length} right");
    }

    private sealed class Prediction
    {
        public string PredictedLabel { get; set; } = string.Empty;
    }
}
