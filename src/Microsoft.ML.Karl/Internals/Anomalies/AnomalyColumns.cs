using Karl.Applications.Anomalies;
using Microsoft.ML.Data;
using Microsoft.ML.Karl.Internals.Imaging;
using Microsoft.ML.Karl.Internals.Views;

namespace Microsoft.ML.Karl.Internals.Anomalies;

/// <summary>The columns that a stage from images to anomalies adds.</summary>
internal static class AnomalyColumns
{
    /// <summary>Scores, p-values, which are anomalous, and errors where they are named.</summary>
    public static StageColumn<ImageAnomaly>[] Create(AnomalyStageSettings settings)
    {
        StageColumn<ImageAnomaly>[] numbers =
        [
            new StageColumn<ImageAnomaly, float>(settings.Score, NumberDataViewType.Single, (ImageAnomaly image, ref float value) => value = (float)(Checked(image)?.Score ?? double.NaN)),
            new StageColumn<ImageAnomaly, float>(settings.PValue, NumberDataViewType.Single, (ImageAnomaly image, ref float value) => value = (float)(Checked(image)?.PValue ?? double.NaN)),
            new StageColumn<ImageAnomaly, bool>(settings.IsAnomalous, BooleanDataViewType.Instance, (ImageAnomaly image, ref bool value) => value = Checked(image)?.IsAnomalous ?? false),
        ];
        return settings.Images.Error is string error
            ? [.. numbers, new StageColumn<ImageAnomaly, ReadOnlyMemory<char>>(error, TextDataViewType.Instance, (ImageAnomaly image, ref ReadOnlyMemory<char> value) => value = image.Error.AsMemory())]
            : numbers;

        AnomalyScore? Checked(ImageAnomaly image) => image.Error is not null && settings.Images.UnreadableImages == KarlUnreadableImages.Throw
            ? throw GuardedColumn.Unreadable(settings.Images.Input, image.Error)
            : image.Score;
    }
}
