unit System.JSON;

{ What samples use of Delphi's JSON classes, written from their public reference. Nothing here does anything. }

interface

type
  TJSONValue = class
  public
    function Value: string; virtual;
  end;

  TJSONNull = class(TJSONValue)
  end;

  TJSONBool = class(TJSONValue)
  private
    FValue: Boolean;
  public
    property AsBoolean: Boolean read FValue;
  end;

  TJSONNumber = class(TJSONValue)
  private
    function GetDouble: Double;
    function GetInt64: Int64;
  public
    property AsDouble: Double read GetDouble;
    property AsInt64: Int64 read GetInt64;
  end;

  TJSONArray = class(TJSONValue)
  private
    function GetCount: Integer;
    function GetItem(const Index: Integer): TJSONValue;
  public
    property Count: Integer read GetCount;
    property Items[const Index: Integer]: TJSONValue read GetItem;
  end;

  TJSONObject = class(TJSONValue)
  public
    function GetValue(const Name: string): TJSONValue;
    class function ParseJSONValue(const Data: string): TJSONValue; static;
  end;

implementation

function TJSONValue.Value: string;
begin
  Result := '';
end;

function TJSONNumber.GetDouble: Double;
begin
  Result := 0;
end;

function TJSONNumber.GetInt64: Int64;
begin
  Result := 0;
end;

function TJSONArray.GetCount: Integer;
begin
  Result := 0;
end;

function TJSONArray.GetItem(const Index: Integer): TJSONValue;
begin
  Result := nil;
end;

function TJSONObject.GetValue(const Name: string): TJSONValue;
begin
  Result := nil;
end;

class function TJSONObject.ParseJSONValue(const Data: string): TJSONValue;
begin
  Result := nil;
end;

end.
